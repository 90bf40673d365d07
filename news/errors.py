"""The exceptions that are not bugs.

    WirewatchError
    ├── ConfigurationError   wirewatch.toml cannot be used; the text names file and line
    ├── ArchiveError         the archive cannot be opened or used; the text says what to do
    └── UsageError           the command line asks for what does not exist

Expected failures of a single visit, page or delivery are values, not exceptions.
"""


class WirewatchError(Exception):
    """A rule was broken that a person has to mend; the text says what, where and how."""


class ConfigurationError(WirewatchError):
    """wirewatch.toml cannot be used; one line per fault, each with file and line."""


class ArchiveError(WirewatchError):
    """The archive cannot be opened or used."""


class UsageError(WirewatchError):
    """The command line asks for something that does not exist."""
