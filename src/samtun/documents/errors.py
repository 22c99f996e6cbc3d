"""What can go wrong when a document is made."""


class DocumentError(Exception):
    """A document or code could not be made; `str(error)` is a text fit for the user.

    The text is in the language of the document; the cause, when there is one, is chained for
    the log.
    """
