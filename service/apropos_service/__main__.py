"""`python -m apropos_service` is the command line."""

from .cli import main

main()
