"""wirewatch.toml: read, validated, explained."""
