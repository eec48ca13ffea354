"""The migrations of the database, run by bot/database.py."""
