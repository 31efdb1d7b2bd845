"""Who is asking: one file a kind."""
