"""The measure itself."""

from tests.readability import lix, of_page


def test_short_words_in_short_sentences_are_easy() -> None:
    assert lix(["Vi er her for deg. Ring oss."]).lix == 7 / 2


def test_long_words_make_a_text_hard() -> None:
    assert lix(["Pårørendeveilederen omhandler kommunehelsetjenesten"]).lix == 3 + 100


def test_nothing_measures_nothing() -> None:
    assert lix(["", "113", "…"]).words == 0


def test_scripts_and_drawings_are_not_read() -> None:
    page = "<p>Hei du.</p><script>lang tekst som ingen leser</script><svg><title>hus</title></svg>"
    assert of_page(page).words == 2
