from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "samtun.directory"
    label = "directory"
