"""What a lesson is put together of, as editors see it; each becomes a `learning.content.Block`.

The id that Wagtail gives a block is the block's id for good: copying a page for translation keeps
it, so that answers and places hold across languages and versions.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from samtun.editorial import choices
from samtun.learning.enums import QuizKind, Sector
from samtun.organisations.enums import Language

RICH = ["h3", "bold", "italic", "ol", "ul", "link", "blockquote"]
LONGEST_LESSON = 60  # minutes


def _text(*, required: bool = True, **words: object) -> blocks.RichTextBlock:
    return blocks.RichTextBlock(features=RICH, required=required, **words)


class LineBlock(blocks.CharBlock):
    """A line in a list; there Wagtail shows no label, so the field says itself what it is."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401
        super().__init__(**options)
        self.field.widget.attrs["aria-label"] = options["label"]


class ForSome(blocks.StructBlock):
    """A block that can be for some sectors only, so that one text serves several."""

    sectors = blocks.MultipleChoiceBlock(
        choices=Sector.choices,
        required=False,
        widget=CheckboxSelectMultiple,
        label=_("Only for"),
        help_text=_("Shown only in courses for these. Choose none to show it to all."),
    )


class TextBlock(ForSome):
    """Paragraphs, lists and small headings."""

    html = _text(label=_("Text"))

    class Meta:
        icon = "pilcrow"
        label = _("Text")


class PictureBlock(ForSome):
    """A picture; what it shows and who made it are taken from the picture unless said here."""

    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        required=False,
        max_length=300,
        label=_("What it shows"),
        help_text=_("For those who cannot see it. Empty if it is decoration only."),
    )
    caption = blocks.CharBlock(required=False, max_length=300, label=_("Caption"))
    credit = blocks.CharBlock(required=False, max_length=200, label=_("Who made it"))

    class Meta:
        icon = "image"
        label = _("Picture")


class CaptionsBlock(blocks.StructBlock):
    """What is said in a film, in one language (WebVTT)."""

    language = blocks.ChoiceBlock(choices=Language.choices, label=_("Language"))
    file = DocumentChooserBlock(label=_("Captions file (.vtt)"))


class FilmBlock(ForSome):
    """A film of ours or an address elsewhere, loaded only when somebody asks for it."""

    title = blocks.CharBlock(max_length=200, label=_("Title"))
    file = DocumentChooserBlock(required=False, label=_("Film file (.mp4, .webm)"))
    address = blocks.URLBlock(
        required=False, label=_("Or its address"), help_text=_("It must begin with https://.")
    )
    poster = ImageChooserBlock(required=False, label=_("Picture before it starts"))
    minutes = blocks.IntegerBlock(min_value=1, max_value=LONGEST_LESSON, label=_("Minutes"))
    captions = blocks.ListBlock(CaptionsBlock(), default=[], label=_("Captions"))
    transcript = _text(
        label=_("Transcript"), help_text=_("All that is said and shown, for those who read.")
    )

    class Meta:
        icon = "media"
        label = _("Film")

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """One source, and captions for a film of ours; a draft may lack them."""
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        file, address = cleaned.get("file"), cleaned.get("address")
        errors = {}
        if bool(file) == bool(address):
            errors["address"] = ValidationError(_("Choose a file or give an address, not both."))
        elif address and not address.startswith("https://"):
            errors["address"] = ValidationError(_("It must begin with https://."))
        elif file and not cleaned.get("captions"):
            errors["file"] = ValidationError(_("A film of ours needs captions."))
        if errors:
            raise StructBlockValidationError(errors)
        return cleaned


class CaseBlock(ForSome):
    """A story from work, with questions to think about."""

    title = blocks.CharBlock(max_length=200, label=_("Title"))
    html = _text(label=_("The story"))
    questions = blocks.ListBlock(
        LineBlock(max_length=300, label=_("Question")), default=[], label=_("Questions")
    )

    class Meta:
        icon = "user"
        label = _("Case story")


class ReflectionBlock(ForSome):
    """Something to think about; what one writes only oneself can read."""

    prompt = blocks.TextBlock(max_length=1000, rows=3, label=_("What to think about"))

    class Meta:
        icon = "comment"
        label = _("Reflection")


class DiscussionBlock(ForSome):
    """A task for a group."""

    title = blocks.CharBlock(max_length=200, label=_("Title"))
    html = _text(label=_("The task"))
    minutes = blocks.IntegerBlock(
        min_value=1, max_value=LONGEST_LESSON, default=10, label=_("Minutes")
    )

    class Meta:
        icon = "group"
        label = _("Discussion task")


class OptionBlock(blocks.StructBlock):
    """A possible answer."""

    text = blocks.CharBlock(max_length=300, label=_("Answer"))
    is_right = blocks.BooleanBlock(required=False, label=_("Right"))
    match = blocks.CharBlock(
        required=False, max_length=300, label=_("Belongs with"), help_text=_("For pairs only.")
    )
    feedback = blocks.CharBlock(
        required=False,
        max_length=500,
        label=_("What we say to it"),
        help_text=_("Kind and useful, also when the answer is wrong."),
    )


class QuizBlock(ForSome):
    """A question, with an answer to each possible answer. Nobody is punished for a wrong one."""

    quiz = blocks.ChoiceBlock(
        choices=QuizKind.choices, default=QuizKind.ONE, label=_("How it is answered")
    )
    question = blocks.TextBlock(max_length=500, rows=2, label=_("Question"))
    options = blocks.ListBlock(
        OptionBlock(),
        min_num=1,
        max_num=12,
        label=_("Answers"),
        help_text=_("To be put in order: write them in the right order."),
    )
    explanation = _text(required=False, label=_("Explanation"))

    class Meta:
        icon = "help"
        label = _("Question")

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """The answers fit the way of answering; in a draft they need not yet."""
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        if error := quiz_error(cleaned["quiz"], list(cleaned["options"])):
            raise StructBlockValidationError({"question": ValidationError(error)})
        return cleaned


def quiz_error(kind: str, options: Sequence[Mapping[str, Any]]) -> str:
    """Why `options` (`is_right`, `match`) are no answers to a question of `kind`; else nothing."""
    right = sum(bool(option["is_right"]) for option in options)
    if kind != QuizKind.SHORT and len(options) < 2:
        return str(_("Give at least two answers."))
    if kind == QuizKind.ONE and right != 1:
        return str(_("Exactly one answer must be right."))
    if kind == QuizKind.MANY and not right:
        return str(_("At least one answer must be right."))
    if kind == QuizKind.MATCH and not all(option["match"] for option in options):
        return str(_("Say of each what it belongs with."))
    return ""


class ChecklistBlock(ForSome):
    """Something to put in place at one's own unit; it stays with the unit."""

    title = blocks.CharBlock(max_length=200, label=_("Title"))
    introduction = blocks.TextBlock(required=False, rows=2, label=_("Introduction"))
    points = blocks.ListBlock(
        LineBlock(max_length=300, label=_("Point")), min_num=1, label=_("Points")
    )

    class Meta:
        icon = "list-ul"
        label = _("Checklist")


class DownloadBlock(ForSome):
    """A file to take along."""

    title = blocks.CharBlock(max_length=200, label=_("Title"))
    file = DocumentChooserBlock(label=_("File"))

    class Meta:
        icon = "download"
        label = _("Something to download")


class ServicesBlock(ForSome):
    """Services where the reader works, found in the resource map when it is read."""

    title = blocks.CharBlock(max_length=200, label=_("Title"))
    introduction = blocks.TextBlock(required=False, rows=2, label=_("Introduction"))
    needs = blocks.MultipleChoiceBlock(
        choices=choices.needs, required=False, label=_("What they help with")
    )
    situations = blocks.MultipleChoiceBlock(
        choices=choices.situations, required=False, label=_("Whom they are for")
    )

    class Meta:
        icon = "site"
        label = _("This exists where you work")


class PiecesBlock(blocks.StreamBlock):
    """What a lesson is made of; names are those of `learning.enums.BlockKind`."""

    text = TextBlock()
    picture = PictureBlock()
    film = FilmBlock()
    case = CaseBlock()
    reflection = ReflectionBlock()
    discussion = DiscussionBlock()
    quiz = QuizBlock()
    checklist = ChecklistBlock()
    download = DownloadBlock()
    services = ServicesBlock()


class LessonBlock(blocks.StructBlock):
    """One sitting: read, think, answer."""

    title = blocks.CharBlock(max_length=200, label=_("Title"))
    minutes = blocks.IntegerBlock(
        min_value=1, max_value=LONGEST_LESSON, default=5, label=_("Minutes")
    )
    blocks = PiecesBlock(label=_("Content"))

    class Meta:
        icon = "doc-full"
        label = _("Lesson")


class SourceBlock(blocks.StructBlock):
    """Where a fact comes from, and when somebody looked."""

    title = blocks.CharBlock(max_length=300, label=_("Title"))
    publisher = blocks.CharBlock(required=False, max_length=200, label=_("Publisher"))
    year = blocks.CharBlock(required=False, max_length=20, label=_("Year"))
    url = blocks.URLBlock(required=False, label=_("Address on the web"))
    read_on = blocks.DateBlock(required=False, label=_("Read on"))

    class Meta:
        icon = "link"
        label = _("Source")
