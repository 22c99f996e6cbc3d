"""What the report says, in plain words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samtun.directory.exchange.rows import Problem

_MESSAGES: dict[str, Promise] = {
    # Mended
    "derived_id": _("The identifier was not a UUID. It got one derived from it: %(after)s."),
    "id_missing": _("The row had no identifier. It got one derived from its content."),
    "control_characters": _("%(column)s: invisible control characters were removed."),
    "markup": _("%(column)s: HTML was made into plain text."),
    "too_long": _("%(column)s: cut to %(maximum)s characters. It was: “%(before)s”."),
    "bad_url": _("%(column)s: “%(before)s” is not a web address. It was left out."),
    "mended_url": _("%(column)s: “%(before)s” became %(after)s."),
    "bad_email": _("%(column)s: “%(before)s” is not an e-mail address. It was left out."),
    "mended_email": _("%(column)s: “%(before)s” became %(after)s."),
    "bad_number": _("%(column)s: “%(before)s” is not a number here. It was left out."),
    "mended_number": _("%(column)s: “%(before)s” became %(after)s."),
    "rounded": _("%(column)s: %(before)s was made a whole number, %(after)s."),
    "number_out_of_range": _(
        "%(column)s: %(before)s is not between %(low)s and %(high)s. It was left out."
    ),
    "bad_date": _("%(column)s: “%(before)s” is not a date. It was left out."),
    "mended_date": _("%(column)s: “%(before)s” was read as %(after)s."),
    "bad_time": _("%(column)s: “%(before)s” is not a time of day. It was left out."),
    "mended_time": _("%(column)s: “%(before)s” was read as %(after)s."),
    "bad_days": _("%(column)s: “%(before)s” names no day of the week. It was left out."),
    "mended_days": _("%(column)s: “%(before)s” was read as %(after)s."),
    "bad_value": _("%(column)s: “%(before)s” is not a known value. It became “%(after)s”."),
    "mended_country": _("Country “%(before)s” became %(after)s."),
    "name_from": _("%(column)s was empty. “%(after)s” was taken from %(other)s."),
    "name_in_other_language": _("The name was missing in %(language)s. Another language was used."),
    "ages_swapped": _("The lowest age was above the highest (%(before)s). They changed places."),
    "half_a_point": _("Only one of latitude and longitude was given. It was left out."),
    "point_at_zero": _("The point 0, 0 lies in the sea off Africa. It was left out."),
    "point_swapped": _("Latitude and longitude (%(before)s) had changed places."),
    "point_not_on_earth": _("The point %(before)s is not on Earth. It was left out."),
    "link_cut": _("%(column)s leads to %(table)s %(target)s, which is not there. Link removed."),
    "link_to_twin": _("%(column)s led to a row that stands twice. It leads to the first now."),
    "organization_missing": _(
        "The organisation %(target)s is not in the data. “%(name)s” was made to stand for it."
    ),
    "taxonomy_missing": _(
        "The taxonomy %(target)s is not in the data. “%(name)s” was made to stand for it."
    ),
    "circle": _("%(column)s led in a circle back to the row itself. Link removed."),
    "code_taken": _("The code “%(before)s” was taken (%(place)s). It became “%(after)s”."),
    "area_of_place": _("The area was given for one place. It is kept for the whole service."),
    "municipality_unknown": _("There is no municipality with number %(before)s."),
    "shown_differently": _("It is shown again at %(place)s with other %(columns)s. First kept."),
    "older_shape": _("Read from the older form %(form)s."),
    "joined_fees": _("fees: “%(before)s” was joined to the description of fees."),
    "stray_quote": _("A quotation mark stood where it should not. It was read as text."),
    "read_as_cp1252": _("The text was not UTF-8. It was read as Windows-1252."),
    "surplus_cells": _("Cells without a column of their own were left out: “%(before)s”."),
    "cells_missing": _("The row has %(count)s cells fewer than the header. They count as empty."),
    # Refused
    "table_not_kept": _("Samtun does not keep %(table)s."),
    "table_unknown": _("%(table)s is not a table of HSDS."),
    "empty_row": _("The row is empty."),
    "row_too_long": _("The row is longer than %(maximum)s characters."),
    "unreadable_row": _("The row cannot be read: %(reason)s."),
    "unreadable_file": _("The rest of the file cannot be read: %(reason)s."),
    "not_an_object": _("A row must be a set of named values; this is not."),
    "name_missing": _("It has no %(column)s."),
    "same_row": _("The same row stands at %(place)s."),
    "same_id_differs": _(
        "Another row with the same identifier came first (%(place)s). Differs in: %(columns)s."
    ),
    "orphan": _("%(column)s leads to %(table)s %(target)s, which is not in the data."),
    "link_missing": _("%(column)s is empty, but needed."),
    "of_nothing": _("It belongs to nothing."),
    "twin": _("The same is said at %(place)s."),
    "attribute_of_other": _("Samtun keeps no terms for %(entity)s."),
    "attribute_of_unknown": _("Nothing in the data has the identifier %(target)s."),
    "term_unknown": _("There is no term “%(code)s” in “%(taxonomy)s”."),
    "identifier_not_kept": _("Samtun keeps Norwegian organisation numbers only, not %(scheme)s."),
    "bad_organization_number": _("%(before)s is not a valid organisation number."),
    "number_taken": _("Another organisation has the number %(before)s, or this one has another."),
    "url_of_organization": _("Samtun keeps one web address for an organisation."),
    "not_a_number": _("“%(before)s” holds no telephone number."),
    "not_ours": _("It belongs to the source “%(owner)s” and was left as it is (%(columns)s)."),
    "made_here": _("It was made in this installation and was left as it is (%(columns)s)."),
    "said_already": _("%(target)s says the same, and is not from this source."),
    "part_of_others": _("It would add to %(table)s %(target)s, which is not from this source."),
    "key_missing": _("It has no key."),
    # Of files
    "columns_not_kept": _("%(table)s: columns that Samtun does not keep: %(columns)s."),
    "file_not_read": _("%(file)s was not read: %(reason)s."),
    "index_not_written": _("The search index was not renewed: %(reason)s."),
    # Of whole imports and exports
    "bad_region_key": _("“%(key)s” cannot be the address of a region."),
    "file_too_large": _("%(file)s is larger than %(maximum)s bytes."),
    "not_utf8": _("%(file)s is not UTF-8 text."),
    "system_refused": _("%(file)s: the system says “%(reason)s”."),
    "no_region_file": _("%(folder)s has no region.toml."),
    "cannot_read": _("%(file)s cannot be read: %(reason)s."),
    "no_region_key": _("%(file)s has no [region] with a key."),
    "does_not_exist": _("%(file)s does not exist."),
    "too_many_files": _("%(file)s holds more than %(maximum)s files."),
    "bad_zip": _("%(file)s is not a zip file that can be read: %(reason)s."),
    "locked_zip": _("%(file)s is locked with a password."),
    "no_files": _("%(file)s holds no files."),
    "source_is_region": _("A source whose name begins with “region:” is a region's own files."),
    "no_los": _("%(file)s holds no LOS subjects."),
    "doctype": _("A document type or entities are not allowed in the file."),
    "another_source": _(
        "There is a source “%(source)s” already, and it has other services. Say --source NAME:"
        " “%(source)s” if this is a newer dump of it, else another name."
    ),
    "no_facts": _("Reference facts are not loaded yet. Run: samtun load reference"),
    "no_region": _("There is no region “%(region)s”."),
    "nothing_changed": _("Nothing was changed. The database or the disk says “%(reason)s”."),
}
_REASONS: dict[str, Promise] = {
    "said_in_package": _("the CSV data package beside it says the same"),
    "unknown_kind": _("it is neither CSV nor JSON"),
    "symbolic_link": _("it is a link to another place"),
    "no_plain_file": _("it is no ordinary file"),
    "too_deep_down": _("it lies too many folders down"),
    "no_header": _("it has no header"),
    "not_json": _("it is neither an object nor a list"),
    "too_deep": _("it is nested too deep"),
    "open_quote": _("a quotation mark is never closed"),
}


def said(problem: Problem) -> str:
    """A problem in the active language."""
    message = _MESSAGES.get(problem.code)
    if message is None:
        return problem.code
    words = _Words(problem.words)
    if (reason := str(words["reason"])) in _REASONS:
        words["reason"] = _REASONS[reason]
    return str(message) % words


class _Words(dict[str, object]):
    """Words of a problem; one that is lacking leaves a gap instead of an error."""

    def __missing__(self, key: str) -> str:
        return ""
