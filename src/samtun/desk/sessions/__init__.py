"""Group sessions at the desk: their forms, words and papers."""
