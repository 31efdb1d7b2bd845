"""Files over HTTP: in, out, and previews."""
