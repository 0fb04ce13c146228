"""What the web server calls."""

from __future__ import annotations

import os
import sys

from django.core.wsgi import get_wsgi_application

# A thread lets go at each of a vote's statements and gets its turn again when another has used up its own. In Python's
# 5 ms a page being drawn would make a vote wait that long at each of them, and all other votes behind it.
SECONDS_OF_A_TURN = 0.0005

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fremsyn.config.settings")
sys.setswitchinterval(SECONDS_OF_A_TURN)
application = get_wsgi_application()
