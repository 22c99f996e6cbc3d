"""What the columns of lists of employees are called out there, in Norwegian and English."""

import re

from samtun.learning.enums import Profession

NAME, FIRST_NAME, LAST_NAME, EMAIL = "name", "first_name", "last_name", "email"
NUMBER, UNIT, POSITION, PROFESSION = "external_id", "unit", "position", "profession"
LEADER, JOINED, LEFT = "is_leader", "joined_on", "left_on"

_HEADINGS = {
    NAME: "navn namn name ansatt ansattnavn tilsett tilsettnamn fulltnavn fulltnamn fullname "
    "displayname visningsnavn visningsnamn medarbeider employee employeename",
    FIRST_NAME: "fornavn førenamn førenavn fornamn firstname givenname",
    LAST_NAME: "etternavn etternamn lastname surname familyname",
    EMAIL: "epost epostadresse epostjobb jobbepost arbeidsepost email mail emailaddress "
    "mailadresse workemail userprincipalname",
    NUMBER: "ansattnummer ansattnr ansattid tilsettnummer tilsettnr medarbeidernummer "
    "medarbeidernr ressursnummer ressursnr lønnsnummer employeenumber employeeid employeeno "
    "externalid personnelnumber",
    UNIT: "enhet eining avdeling arbeidssted arbeidsstad tjenestested tenestestad enhetsnavn "
    "einingsnamn organisasjonsenhet unit department workplace orgunit",
    POSITION: "stilling stillingstittel stillingsbetegnelse stillingsnavn stillingsnemning tittel "
    "position jobtitle title",
    PROFESSION: "yrke profesjon yrkesgruppe profession occupation",
    LEADER: "leder leiar erleder erleiar isleader leader manager ismanager",
    JOINED: "startdato førstedag førstedagen firstday startdag startet begynte fradato "
    "ansattfra tilsettfra ansattdato ansettelsesdato tiltredelse tiltredelsesdato startdate "
    "joined joinedon hiredate from fra frå",
    LEFT: "sluttdato sistedag sistedagen lastday sluttdag sluttet slutta tildato "
    "ansatttil tilsetttil fratredelse fratredelsesdato enddate lefton left to til",
}
COLUMN_OF = {word: column for column, words in _HEADINGS.items() for word in words.split()}

# What people are called at work; the longest word that is in it decides.
_PROFESSIONS = {
    Profession.NURSE: "sykepleier sjukepleiar spesialsykepleier kreftsykepleier nurse",
    Profession.HEALTH_WORKER: "helsefagarbeider helsefagarbeidar hjelpepleier hjelpepleiar "
    "omsorgsarbeider omsorgsarbeidar fagarbeider fagarbeidar",
    Profession.ASSISTANT: "assistent pleieassistent pleiemedarbeider pleiemedarbeidar "
    "helsemedarbeider assistant vikar",
    Profession.DOCTOR: "lege fastlege tilsynslege kommuneoverlege turnuslege doctor physician",
    Profession.SOCIAL_EDUCATOR: "vernepleier vernepleiar",
    Profession.SOCIAL_WORKER: "sosionom barnevernspedagog barnevernskonsulent ruskonsulent",
    Profession.THERAPIST: "fysioterapeut ergoterapeut physiotherapist therapist",
    Profession.PSYCHOLOGIST: "psykolog psychologist",
    Profession.SCHOOL_NURSE: "helsesykepleier helsesjukepleiar helsesøster",
    Profession.TEACHER: "lærer lærar lektor adjunkt kontaktlærer pedagog spesialpedagog teacher",
    Profession.KINDERGARTEN_TEACHER: "barnehagelærer barnehagelærar førskolelærer "
    "førskulelærar pedagogiskleder pedagogiskleiar",
    Profession.CHILD_WORKER: "barneogungdomsarbeider barneogungdomsarbeidar "
    "barnehageassistent barnehagemedarbeider barnehagemedarbeidar miljøarbeider miljøarbeidar",
    Profession.LEADER: "leder leiar enhetsleder avdelingsleder rektor styrer styrar leader manager "
    "virksomhetsleder",
    Profession.OFFICE: "konsulent sekretær merkantil rådgiver rådgjevar saksbehandler "
    "sakshandsamar kontor administrasjon helsesekretær",
    Profession.OTHER: "annet anna andre other",
}
_WORDS = sorted(
    ((word, kind) for kind, words in _PROFESSIONS.items() for word in words.split()),
    key=lambda pair: -len(pair[0]),
)


def bare(text: str) -> str:
    """`text` in small letters without blanks, hyphens and the like."""
    return re.sub(r"[^\w]|_", "", text.casefold())


def column_of(heading: str) -> str:
    """The column that a heading means; empty when it is none of ours."""
    return COLUMN_OF.get(bare(heading), "")


def profession_in(text: str) -> str:
    """The profession that `text` names or holds; empty when it says none that we know."""
    wanted = bare(text)
    if not wanted:
        return ""
    for profession in Profession:
        if wanted in (bare(profession.value), bare(str(profession.label))):
            return profession.value
    return next((kind.value for word, kind in _WORDS if word in wanted), "")
