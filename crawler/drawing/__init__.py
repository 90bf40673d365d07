"""Pages that have no text until scripts ran, drawn by Chromium out of harm's way."""
