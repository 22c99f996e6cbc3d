"""Languages that people here speak, named for the reader."""

from django.conf.locale import LANG_INFO
from django.utils.text import capfirst
from django.utils.translation import get_language_info, gettext

# Spoken most often where help is given, by ISO 639.
SPOKEN = ("nb", "en", "se", "sma", "smj", "nsl", "ar", "uk", "pl", "so", "ti", "lt", "fa", "ur",
          "tr", "vi", "es", "fr", "de", "ru")  # fmt: skip


def spoken_name(code: str) -> str:
    """The language's name in the active language; the code itself when it is unknown."""
    own = {
        "nb": gettext("Norwegian"),
        "nn": gettext("Norwegian (Nynorsk)"),
        "se": gettext("Northern Sami"),
        "sma": gettext("Southern Sami"),
        "smj": gettext("Lule Sami"),
        "nsl": gettext("Norwegian sign language"),
        "so": gettext("Somali"),
        "ti": gettext("Tigrinya"),
    }
    if code in own:
        return own[code]
    return capfirst(str(get_language_info(code)["name_translated"])) if code in LANG_INFO else code
