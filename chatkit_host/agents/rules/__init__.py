"""The offline model: `provider: rules`."""
