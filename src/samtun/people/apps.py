from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "samtun.people"
    label = "people"
