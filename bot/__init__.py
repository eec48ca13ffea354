"""The assistant: the parts of the server, and the words and facts it answers with."""
