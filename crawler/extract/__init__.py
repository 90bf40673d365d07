"""From a page to its text, in processes that can be killed."""
