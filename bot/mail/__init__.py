"""The mail: a visitor's question becomes a row of the outbox, and a worker delivers it."""
