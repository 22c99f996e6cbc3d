"""Fields of pages that Django and Wagtail have not quite."""

from typing import Any

from django import forms
from django.db import models
from django.utils.text import capfirst
from wagtail.fields import StreamField


class Blocks(StreamField):
    """A StreamField whose blocks are not written into the migrations: only code knows them.

    What is stored is JSON whatever the blocks are, so that no migration is missing when a label is
    changed.
    """

    def deconstruct(self) -> tuple[str | None, str, list[Any], dict[str, Any]]:
        """As a field without blocks."""
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs


class Several(models.JSONField):
    """Some of a closed set of words, as a list in the set's order."""

    def __init__(self, words: type[models.TextChoices] | None = None, **kwargs: Any) -> None:  # noqa: ANN401
        self.words = words
        super().__init__(**{"default": list} | kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """As a plain JSON field."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", list(args), kwargs

    def formfield(self, **kwargs: Any) -> forms.Field:  # noqa: ANN401
        """Boxes to tick."""
        kwargs.pop("encoder", None)
        return forms.MultipleChoiceField(
            choices=self.words.choices if self.words else [],
            required=not self.blank,
            label=capfirst(str(self.verbose_name)),
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )
