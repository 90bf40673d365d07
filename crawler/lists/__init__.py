"""List pages: the articles that a page without a feed links to, told from its navigation."""
