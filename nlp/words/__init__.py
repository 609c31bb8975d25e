"""The words of both languages: which language, which normal form, where sentences end."""
