"""Benchmarks: chatkit-host and openai-chatkit side by side, in one run (docs/benchmarks.md)."""
