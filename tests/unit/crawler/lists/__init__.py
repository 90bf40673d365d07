"""List pages: what is found on front pages built in many ways."""
