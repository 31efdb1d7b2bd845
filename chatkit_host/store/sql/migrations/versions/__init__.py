"""One file a change, named for its number."""
