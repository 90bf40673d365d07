"""The version of this program, as the banner, the user agent and `--version` say it."""

VERSION = "0.4.0"
