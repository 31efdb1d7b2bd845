"""openai-chatkit, used as its own documentation says."""
