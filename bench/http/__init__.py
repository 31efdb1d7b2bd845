"""Turns and deltas over HTTP: two servers in processes of their own, one client for both."""
