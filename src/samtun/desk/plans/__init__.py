"""Training plans and mappings of needs at the desk: their forms, words and papers."""
