"""What can go wrong with the search index. One base, so that a caller can catch it in one place."""


class SearchError(Exception):
    """The index cannot answer. The caller answers from the database and rebuilds meanwhile."""


class IndexMissing(SearchError):
    """There is no index here yet."""


class IndexDamaged(SearchError):
    """The index files are not what was written: truncated, overwritten, lost or of another version."""


class IndexNotWritable(SearchError):
    """The index could not be written: no space, no permission. What was there before still stands."""
