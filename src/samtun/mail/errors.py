"""What can go wrong with the post."""


class MailError(Exception):
    """The text is fit for whoever keeps the installation running."""


class SettingsError(MailError):
    """The settings of the mail server cannot be understood."""
