"""The daily record: merged intervals in SQLite, summaries out of them."""
