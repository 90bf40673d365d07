"""The way out of the house: one guarded HTTP client, and the fetcher over it."""
