"""What is asked while measuring speed: long, short, right and wrong, with filters and without."""

from urllib.parse import quote

TEXTS = (
    "sliten av å passe på mannen min som har blitt dement",
    "avlastnig",
    "pappa drikker",
    "får eg løn for å stelle mor heime",
    "omsorgslønn",
    "respite care for my mother",
    "temakafe",
    "noen å snakke med om kreft",
    "helsesykepleier i Bergen",
    "sorggruppe for barn",
    "gratis kurs for pårørende",
    "støttekontakt til sønnen min på 14 år",
    "demens",
    "hjelp",
    "barnevern i Vang",
    "",
)
_FILTERS = (
    "",
    "&behov=avlastning",
    "&mote=phone",
    "&gratis=1",
    "&apent=1",
    "&situasjon=demens&alder=67%2B",
)


def result_pages(region: str) -> list[str]:
    """Addresses of result pages; no two neighbours alike."""
    return [
        f"/{region}/sok/?q={quote(text)}{_FILTERS[number % len(_FILTERS)]}"
        for number, text in enumerate(TEXTS * 3)
    ]
