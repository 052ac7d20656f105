"""``python -m tilewizard``."""

from tilewizard.cli import main

main()
