"""What a page says: its text, title, authors, date, language; worked out in worker processes."""
