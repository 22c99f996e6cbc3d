"""Background work on the map; `config.rounds` says when."""
