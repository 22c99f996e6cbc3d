"""What those who were there are asked afterwards; the form validates and saves nothing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samtun.front.forms import Words

LONGEST = 1000
_YES = "ja"


class EvaluationForm(forms.Form):
    """Three short questions about how it was. Nothing of it tells who answers."""

    nytte = forms.TypedChoiceField(
        label=_("Was it useful to you?"),
        coerce=int,
        choices=(
            (5, _("Very useful")),
            (4, _("Useful")),
            (3, _("Somewhat useful")),
            (2, _("Not very useful")),
            (1, _("Not useful at all")),
        ),
        error_messages={"required": _("Choose how useful it was.")},
    )
    igjen = forms.TypedChoiceField(
        label=_("Would you come again?"),
        coerce=lambda said: said == _YES,
        empty_value=None,
        choices=((_YES, _("Yes")), ("nei", _("No"))),
        required=False,
    )
    tekst = Words(
        label=_("Is there anything you want to tell us?"), max_length=1000, required=False
    )

    def __init__(self, *args: Any, **fields: Any) -> None:  # noqa: ANN401  (of the base class)
        super().__init__(*args, **fields)
        self.use_required_attribute = False
