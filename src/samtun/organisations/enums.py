"""Closed sets of words in `organisations`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LanguageForm(models.TextChoices):
    """The form of Norwegian a municipality has chosen (målform), as Språkrådet registers it."""

    BOKMAL = "nb", _("Bokmål")
    NYNORSK = "nn", _("Nynorsk")
    NEUTRAL = "neutral", _("Neutral")


class Language(models.TextChoices):
    """Languages a text of ours can be written in."""

    BOKMAL = "nb", _("Bokmål")
    NYNORSK = "nn", _("Nynorsk")
    ENGLISH = "en", _("English")


class LocationType(models.TextChoices):
    """HSDS 3.1 `location_type`."""

    PHYSICAL = "physical", _("Place to visit")
    POSTAL = "postal", _("Postal address")
    VIRTUAL = "virtual", _("On the web")
