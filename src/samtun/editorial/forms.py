"""Forms of pages."""

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm


class PublicationForm(WagtailAdminPageForm):
    """What is said of the next publication is empty again when it has been published."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        if not self.instance.has_unpublished_changes:
            self.initial |= {"is_substantial": False, "what_changed": ""}
