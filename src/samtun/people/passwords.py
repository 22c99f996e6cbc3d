"""What a password must be, where Django's own words are not in both forms of Norwegian."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """Long is what makes a password good; a sentence is easy to remember."""

    def get_error_message(self) -> str:
        """What is said beside the field."""
        return _("Use at least %(count)s characters. A short sentence is fine.") % {
            "count": self.min_length
        }

    def get_help_text(self) -> str:
        """What is said before anything is typed."""
        return self.get_error_message()
