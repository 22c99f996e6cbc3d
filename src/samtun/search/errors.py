"""What can go wrong with the search index. One base, so that a caller can catch it in one place."""


class SearchError(Exception):
    """The index cannot answer. The caller answers from the database and rebuilds meanwhile."""


class IndexMissing(SearchError):  # noqa: N818  (a state of the index, named as one)
    """There is no index here yet."""


class IndexDamaged(SearchError):  # noqa: N818
    """The files are not what was written: truncated, overwritten, lost, of another version."""


class IndexNotWritable(SearchError):  # noqa: N818
    """The index could not be written: no space, no permission. What was there still stands."""
