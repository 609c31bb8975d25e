"""Letters to those who follow: who wants which news, what each was told, and the letters put into the outbox."""
