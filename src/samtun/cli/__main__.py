"""`python -m samtun.cli`: the same as the `samtun` command."""

from samtun.cli import main

main()
