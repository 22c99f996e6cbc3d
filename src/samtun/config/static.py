"""Static files."""

from django.contrib.staticfiles.storage import StaticFilesStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class GatheredStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped base
    """Hashed names and compressed copies once `samtun collect` has run; plain names before."""

    def url(self, name: str | None, force: bool = False) -> str:  # noqa: FBT001, FBT002  # inherited
        """The address of the file."""
        if not self.hashed_files:
            return StaticFilesStorage.url(self, name)
        return str(super().url(name, force))
