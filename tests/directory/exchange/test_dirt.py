"""Whatever a dump holds, the import ends with a report, and a second time changes nothing."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samtun.directory.exchange import import_hsds, import_region
from tests.directory.exchange.conftest import CHECKOUT, Dump
from tests.directory.exchange.tables import (
    LOCATION,
    LOCATION_ID,
    ORGANIZATION,
    ORGANIZATION_ID,
    SERVICE,
    SERVICE_ID,
)

TABLES = {
    "organizations": [{**ORGANIZATION, "parent_organization_id": "", "municipality_id": "3451"}],
    "services": [{**SERVICE, "minimum_age": "12", "translations": '{"nn": {"name": "Samtale"}}'}],
    "locations": [{**LOCATION, "latitude": "60.9", "longitude": "9.2"}],
    "service_at_location": [{"id": "1", "service_id": SERVICE_ID, "location_id": LOCATION_ID}],
    "phones": [{"id": "2", "organization_id": ORGANIZATION_ID, "number": "10 00 00 01"}],
    "service_areas": [{"id": "3", "service_id": SERVICE_ID, "name": "Vang"}],
    "taxonomy_terms": [{"id": "4", "name": "Mat", "code": "mat", "position": "1"}],
    "attributes": [{"id": "5", "link_id": SERVICE_ID, "taxonomy_term_id": "4"}],
}
_dirt = st.tuples(
    st.sampled_from(sorted(TABLES)),
    st.integers(0, 400),
    st.integers(0, 4),
    st.text(alphabet='",;\n\r\x00\\{}<&a9-ø', max_size=4),
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(dirt=st.lists(_dirt, min_size=1, max_size=8))
def test_any_dirt_ends_in_a_report(
    facts: None, dump: Dump, dirt: list[tuple[str, int, int, str]]
) -> None:
    folder = dump(TABLES)
    for table, place, length, text in dirt:
        path = folder / f"{table}.csv"
        content = path.read_text(encoding="utf-8")
        at = place % len(content) if content else 0
        path.write_text(content[:at] + text + content[at + length :], encoding="utf-8")
    report = import_hsds(folder, source="test")
    again = import_hsds(folder, source="test")
    assert report.total() == again.total()
    assert not again.has_changes


def test_the_example_region_has_no_mistakes(db: None) -> None:
    report = import_region(Path(CHECKOUT) / "examples" / "valdres")
    assert [(one.place, one.why) for one in report.problems] == []
    assert report.notices == []
