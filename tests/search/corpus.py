"""A small region to search in: hand-made offers, one line each."""

from datetime import date

from samtun.search import Entry, EntryText, Municipality, PostalCode, Term, Vocabulary

REGION = frozenset({"3449", "3450", "3451", "3452", "3453", "3454"})

NEEDS = (
    ("avlastning", None, "Avlastning og praktisk hjelp", "Respite and practical help"),
    ("avlastning-hjemme", "avlastning", "Avlastning i hjemmet", "In-home respite"),
    ("avlastning-institusjon", "avlastning", "Korttids- og avlastningsopphold", "Respite stays"),
    ("dagtilbud", "avlastning", "Dagaktivitetstilbud", "Day activity services"),
    ("stottekontakt", "avlastning", "Støttekontakt", "Support contact"),
    ("hjemmetjeneste", "avlastning", "Hjemmesykepleie", "Home nursing"),
    ("hjelpemidler", "avlastning", "Hjelpemidler", "Assistive technology"),
    ("okonomi", None, "Økonomi, arbeid og rettigheter", "Money, work and rights"),
    ("omsorgsstonad", "okonomi", "Omsorgsstønad", "Municipal care allowance"),
    ("okonomihjelp", "okonomi", "Økonomisk rådgivning", "Financial advice"),
    ("krise", None, "Akutt hjelp og krise", "Urgent help and crisis"),
    ("krise-akutt", "krise", "Kriseteam", "Crisis team"),
    ("hjelpetelefon", "krise", "Hjelpetelefon", "Helplines"),
    ("samtale", None, "Samtale og støtte", "Talking and support"),
    ("samtale-fagperson", "samtale", "Samtale med fagperson", "Talk to a professional"),
    ("moteplass", None, "Møteplasser", "Meeting places"),
    ("moteplass-voksne", "moteplass", "Temakafé", "Theme café"),
    ("treffpunkt-barn", "moteplass", "Møteplass for barn", "Meeting place for children"),
    ("koordinering", None, "Kontaktpersoner", "Contacts"),
    ("parorendekoordinator", "koordinering", "Pårørendekoordinator", "Carer coordinator"),
    ("demenskoordinator", "koordinering", "Demenskoordinator", "Dementia coordinator"),
    ("barnunge", None, "Barn, unge og familie", "Children, youth and family"),
    ("helsesykepleier", "barnunge", "Skolehelsetjeneste", "School health service"),
    ("behandling", None, "Helsetjeneste og behandling", "Health services"),
    ("rustjeneste", "behandling", "Rustjeneste", "Substance use services"),
    ("sykehjem", "behandling", "Sykehjem", "Nursing home"),
)
GROUPS = (
    ("partner", "rolle", "Ektefelle", "Spouse"),
    ("voksne-barn", "rolle", "Voksne barn", "Adult children"),
    ("demens", "situasjon", "Demens", "Dementia"),
    ("rus", "situasjon", "Rus og avhengighet", "Addiction"),
    ("psykisk", "situasjon", "Psykisk sykdom", "Mental illness"),
)
# id | name | summary | need | target group | municipality
OFFERS = """
avlastning-3451 | Avlastning hjemme | Noen kommer hjem til dere. | avlastning-hjemme | | 3451
avlasting-3454 | Avlasting i heimen | Nokon kjem heim til dykk. | avlastning-hjemme | | 3454
korttid-3451 | Avlastningsopphold | Noen netter på helsetunet. | avlastning-institusjon | | 3451
opphald-3453 | Avlastingsopphald | Nokre netter på helsetunet. | avlastning-institusjon | | 3453
dagsenter-demens | Dagsenter | Dager på gården for deg med demens. | dagtilbud | demens | 3451
stotte-3451 | Støttekontakt | Noen å finne på noe med. | stottekontakt | | 3451
hjemme-3449 | Hjemmesykepleie | Hjelp til stell og medisiner. | hjemmetjeneste | | 3449
heime-3452 | Heimesjukepleie | Hjelp til stell og medisinar. | hjemmetjeneste | | 3452
alarm | Trygghetsalarm | Trykk på knappen, så svarer vi. | hjelpemidler | | 3451
omsorgsstonad-3451 | Omsorgsstønad | Betaling for tungt omsorgsarbeid. | omsorgsstonad | | 3451
omsorgsstonad-3454 | Omsorgsstønad i Vang | Betaling for omsorg. | omsorgsstonad | | 3454
radgivning | Økonomisk rådgivning | Hjelp når pengene ikke strekker til. | okonomihjelp | | 3451
kriseteam | Kriseteam | Når det verste har hendt. | krise-akutt | | 3451
telefon | Samtaletelefonen | Ring når du vil. | hjelpetelefon | | country
barnetelefon | Barnas telefon | Ring oss når en voksen drikker. | hjelpetelefon | rus | country
samtale-3451 | Noen å snakke med | Samtale med psykisk helse. | samtale-fagperson | psykisk | 3451
temakafe-fagernes | Temakafe Fagernes | Kaffe og et tema. | moteplass-voksne | | 3451
kaffi-vang | Kaffikroken | Kaffi og prat i Vang. | moteplass-voksne | | 3454
treffpunkt | Treffpunkt | For deg som har en syk i familien. | treffpunkt-barn | | 3451
ung-rus | Ung i ringen | For deg med en forelder som drikker. | treffpunkt-barn | rus | 3451
koordinator | Pårørendekoordinator | Den du kan spørre om alt. | parorendekoordinator | | 3451
demens-3451 | Demenskoordinator | Råd når hukommelsen svikter. | demenskoordinator | demens | 3451
demens-3454 | Demenskontakt | Råd når minnet sviktar. | demenskoordinator | demens | 3454
helsesykepleier | Helsesykepleier på skolen | Døra er åpen. | helsesykepleier | | 3451
rusteam | Rusteam | For deg og dem som er glad i deg. | rustjeneste | rus | 3451
sykehjem-3451 | Sykehjem | Et hjem med hjelp hele døgnet. | sykehjem | | 3451
sjukeheim-3453 | Sjukeheim | Ein heim med hjelp heile døgnet. | sykehjem | | 3453
oslo-avlastning | Avlastning i Oslo | Noen kommer hjem til dere. | avlastning-hjemme | | 0301
"""


def vocabulary() -> Vocabulary:
    """The needs, groups and places that the corpus uses."""
    return Vocabulary(
        needs=tuple(Term(id_, {"nb": nb, "en": en}, parent) for id_, parent, nb, en in NEEDS),
        target_groups=tuple(
            Term(id_, {"nb": nb, "en": en}, facet) for id_, facet, nb, en in GROUPS
        ),
        municipalities=(
            Municipality("3451", ("Nord-Aurdal",)),
            Municipality("3454", ("Vang",)),
            Municipality("0301", ("Oslo",)),
            Municipality("5610", ("Karasjok", "Kárášjohka")),
        ),
        postal_codes=(PostalCode("2900", "Fagernes", "3451"), PostalCode("2975", "Vang", "3454")),
    )


def entries() -> list[Entry]:
    """The offers as the directory would hand them over."""
    return [
        Entry(
            id=key,
            texts={"nb": EntryText(name, summary=summary)},
            provider="Eksempel kommune",
            needs=(need,),
            target_groups=tuple(filter(None, (group,))),
            municipalities=() if where == "country" else (where,),
            covers_country=where == "country",
            meeting=frozenset({"phone" if "elefon" in name else "in_person"}),
            is_free=True,
            for_children=key in {"treffpunkt", "ung-rus", "barnetelefon"},
            assured_on=date(2026, 10, 1),
        )
        for key, name, summary, need, group, where in _rows()
    ]


def _rows() -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in OFFERS.strip().splitlines()]
