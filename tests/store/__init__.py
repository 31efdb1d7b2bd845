"""The stores: one contract, one suite, every backend."""
