import sys

from fremsyn.cli import main

sys.exit(main())
