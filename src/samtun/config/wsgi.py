"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samtun.config.settings")

application = get_wsgi_application()

from samtun.directory import finding  # noqa: E402  # needs the applications to be set up
from samtun.events import finding as events  # noqa: E402  # the same

finding.prepare()
events.prepare()
