"""``python -m castabout``."""

from castabout.cli.app import main

main()
