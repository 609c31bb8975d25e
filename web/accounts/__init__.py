"""Accounts: how people are let in, what they can change of themselves, and what an admin can."""
