"""The terminal client behind `chatkit-host chat`."""
