"""How long what tells of people is kept, and what is deleted when its term is over."""
