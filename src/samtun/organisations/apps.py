from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "samtun.organisations"
    label = "organisations"
