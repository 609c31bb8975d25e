"""What observers work with: the form in the room and what it asks of the server."""
