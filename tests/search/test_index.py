"""The index on the disk: changed, damaged, rebuilt, shared."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from time import monotonic

import orjson
import pytest

from samtun.search import (
    Entry,
    EntryText,
    Index,
    IndexDamaged,
    IndexMissing,
    IndexNotWritable,
    Query,
    Vocabulary,
    storage,
)
from samtun.search import index as index_module
from tests.search import corpus

NEW = Entry("new", {"nb": EntryText("Strikkekveld på låven")}, municipalities=("3451",))


def found(index: Index, text: str) -> list[str]:
    return [hit.id for hit in index.search(Query(text)).hits]


def files_of(path: Path) -> list[Path]:
    found = path.rglob("*")
    return sorted(file for file in found if file.is_file() and not file.name.endswith("lock"))


def test_a_missing_index_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        Index.open(tmp_path)


def test_a_change_is_found_at_once_and_replaces_the_old(own_path: Path) -> None:
    index = Index.open(own_path)
    index.update([NEW])
    assert found(index, "strikkekveld")[0] == "new"
    index.update([Entry("new", {"nb": EntryText("Turgruppe")}, municipalities=("3451",))])
    assert "new" not in found(index, "strikkekveld")
    assert found(index, "turgruppe")[0] == "new"
    assert len(index) == len(corpus.entries()) + 1


def test_what_is_removed_is_gone(own_path: Path) -> None:
    index = Index.open(own_path)
    index.update(removed=["kriseteam", "never-was-there"])
    assert "kriseteam" not in found(index, "kriseteam")
    assert len(index) == len(corpus.entries()) - 1


def test_another_process_notices_a_change_and_a_rebuild(
    own_path: Path, vocabulary: Vocabulary
) -> None:
    reader, writer = Index.open(own_path), Index.open(own_path)
    writer.update([NEW])
    assert found(reader, "strikkekveld")[0] == "new"
    Index.rebuild(own_path, [NEW], vocabulary)
    assert len(reader) == len(corpus.entries()) + 1
    assert found(reader, "") == ["new"]


def test_a_failed_rebuild_leaves_what_was_there(own_path: Path, vocabulary: Vocabulary) -> None:
    def broken() -> Iterator[Entry]:
        yield NEW
        raise OSError("no space left on device")

    class Bad(Entry):
        @property
        def main_name(self) -> str:
            raise OSError("no space left on device")

    before = files_of(own_path)
    with pytest.raises(IndexNotWritable):
        Index.rebuild(own_path, [Bad("bad", {})], vocabulary)
    with pytest.raises(OSError, match="no space"):
        Index.rebuild(own_path, broken(), vocabulary)
    assert files_of(own_path) == before
    assert found(Index.open(own_path), "kriseteam")[0] == "kriseteam"


def test_a_rebuild_tells_how_far_it_is(tmp_path: Path, vocabulary: Vocabulary) -> None:
    steps: list[tuple[int, int]] = []
    Index.rebuild(
        tmp_path, corpus.entries(), vocabulary, progress=lambda done, of: steps.append((done, of))
    )
    assert steps[-1] == (len(corpus.entries()), len(corpus.entries()))


def test_an_empty_index_answers(tmp_path: Path, vocabulary: Vocabulary) -> None:
    index = Index.rebuild(tmp_path, [], vocabulary)
    assert index.search(Query("avlastning")).total == 0


def test_rubbish_in_any_file_is_noticed_on_opening(own_path: Path) -> None:
    for file in files_of(own_path):
        whole = file.read_bytes()
        file.write_bytes(b"rubbish" * (len(whole) // 7 + 1))
        with pytest.raises(IndexDamaged):
            Index.open(own_path)
        file.write_bytes(whole)


def test_an_index_made_by_another_version_is_damaged(own_path: Path) -> None:
    manifest = next(own_path.rglob("manifest.json"))
    manifest.write_bytes(orjson.dumps(orjson.loads(manifest.read_bytes()) | {"maker": 1}))
    with pytest.raises(IndexDamaged, match="another version"):
        Index.open(own_path)


@pytest.mark.parametrize("content", [b"{}", b"[]", b"null", b"1"])
@pytest.mark.parametrize(
    "name", ["words.json", "vocabulary.json", "associations.json", "facts.jsonl"]
)
def test_a_whole_file_of_another_structure_is_damaged(
    own_path: Path, name: str, content: bytes
) -> None:
    file = next(own_path.rglob(name))
    file.write_bytes(content)
    storage.write_manifest(file.parent, 2)
    if (name, content) == ("associations.json", b"{}"):
        return  # nothing learnt is right too
    with pytest.raises(IndexDamaged):
        found(Index.open(own_path), "kriseteam")


def test_damage_is_said_at_once_while_somebody_writes(own_path: Path) -> None:
    next(own_path.rglob("manifest.json")).write_text("{")
    began = monotonic()
    with storage.writing(own_path), pytest.raises(IndexDamaged):
        Index.open(own_path)
    assert monotonic() - began < 5


def test_a_large_index_answers_as_before_until_the_change_is_read(
    own_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_module, "LARGE", 0)
    reader = Index.open(own_path)
    with reader._lock:  # as if somebody were reading for long
        Index.open(own_path).update([NEW])
        assert "new" not in found(reader, "strikkekveld")
    assert reader._thread is not None
    reader._thread.join()
    assert found(reader, "strikkekveld")[0] == "new"


def test_a_large_index_that_cannot_be_read_anew_says_so(
    own_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_module, "LARGE", 0)
    reader = Index.open(own_path)
    next(own_path.rglob("manifest.json")).write_text("{")
    found(reader, "kriseteam")
    assert reader._thread is not None
    reader._thread.join()
    with pytest.raises(IndexDamaged):
        found(reader, "kriseteam")


def test_a_lost_file_is_noticed_on_opening(own_path: Path) -> None:
    next(own_path.rglob("*.store")).unlink()
    with pytest.raises(IndexDamaged):
        Index.open(own_path)


def test_rubbish_is_noticed_while_the_index_is_open(own_path: Path) -> None:
    index = Index.open(own_path)
    file = next(own_path.rglob("*.idx"))
    file.write_bytes(b"rubbish" * 1000)
    with pytest.raises(IndexDamaged):
        index.search(Query("avlastning"))


def test_a_spoilt_index_can_be_rebuilt_over(own_path: Path, vocabulary: Vocabulary) -> None:
    index = Index.open(own_path)
    next(own_path.rglob("manifest.json")).write_text("{")
    with pytest.raises(IndexDamaged):
        index.search(Query("avlastning"))
    Index.rebuild(own_path, corpus.entries(), vocabulary)
    assert found(index, "kriseteam")[0] == "kriseteam"


def test_threads_read_while_another_writes(own_path: Path) -> None:
    index, failures = Index.open(own_path), list[BaseException]()

    def read() -> None:
        try:
            for _ in range(40):
                assert "kriseteam" in found(index, "kriseteam")
        except BaseException as error:  # noqa: BLE001  (handed to the test)
            failures.append(error)

    threads = [Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(3):
        Index.open(own_path).update([NEW])
    for thread in threads:
        thread.join()
    assert failures == []
