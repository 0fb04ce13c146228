"""What the web server calls."""

from __future__ import annotations

import gc
import os
import sys

from django.core.wsgi import get_wsgi_application

# A thread lets go at each of a vote's statements and gets its turn again when another has used up its own. In Python's
# 5 ms a page being drawn would make a vote wait that long at each of them, and all other votes behind it.
SECONDS_OF_A_TURN = 0.0005

# The collector looks through everything whenever so many objects have been made; by Python's own 700 a page that loads a
# case has it look, at some 25 ms a time, several times through the program itself, which never goes away.
OBJECTS_BETWEEN_LOOKS = (20_000, 20, 20)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fremsyn.config.settings")
sys.setswitchinterval(SECONDS_OF_A_TURN)
application = get_wsgi_application()
gc.collect()
gc.freeze()
gc.set_threshold(*OBJECTS_BETWEEN_LOOKS)
