"""Files of what is published, kept under the digest of what is in them.

A frozen version refers to these and not to the editors' own pictures and files, which may be
exchanged or taken away later. The same file is kept once.
"""

import hashlib
from collections.abc import Callable
from pathlib import PurePosixPath

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.text import get_valid_filename

FOLDER = "published"  # below MEDIA_ROOT; all in it is public
# Gives the address of a file: `keep` when it is published, `shown` for a preview.
Keep = Callable[[File[bytes], str], str]


def keep(file: File[bytes], name: str) -> str:
    """Keep a copy of `file` for good, and give its address; `name` is what it is downloaded as."""
    with file.open("rb") as read:
        digest = hashlib.sha256()
        for chunk in read.chunks():
            digest.update(chunk)
        path = f"{FOLDER}/{digest.hexdigest()[:32]}/{get_valid_filename(PurePosixPath(name).name)}"
        if not default_storage.exists(path):
            read.seek(0)
            default_storage.save(path, File(read))
    return str(default_storage.url(path))


def shown(file: File[bytes], name: str) -> str:
    """The address that editors have for it."""
    return str(file.url)  # type: ignore[attr-defined]  # a file of a field
