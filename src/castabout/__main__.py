"""``python -m castabout``."""

import sys

try:
    from castabout.cli.app import main

    main()
except KeyboardInterrupt:
    # Stopped before there was anything to stop: while still loading.
    sys.exit(130)
