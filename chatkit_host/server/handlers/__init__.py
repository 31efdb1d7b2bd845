"""One small handler for each operation of the protocol; `table.py` shows them all."""
