"""Meeting places at the desk: their forms, words and papers."""
