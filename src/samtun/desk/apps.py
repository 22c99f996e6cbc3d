"""Django app of the signed-in desk."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """What somebody who works here opens."""

    name = "samtun.desk"
    label = "desk"
