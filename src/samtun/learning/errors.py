"""What can stand in the way of a change in `learning`, said so that people can act on it."""


class LearningError(Exception):
    """Nothing was changed; `str()` is fit for the person who tried."""
