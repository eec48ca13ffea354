"""Trying the running assistant from outside: a server of its own, and a client of its API."""
