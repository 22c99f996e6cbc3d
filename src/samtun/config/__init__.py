"""Settings, addresses and start-up; the one package that knows all the others."""
