from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "samtun.api"
    label = "api"
