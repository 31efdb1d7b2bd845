"""chatkit-host, as it serves a compiled chatkit.yaml."""
