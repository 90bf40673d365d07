"""Sitemaps: what a site lists of itself for those who gather."""
