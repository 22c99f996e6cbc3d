"""Meeting places: what happens when, who comes, and what they are told."""
