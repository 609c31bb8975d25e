"""The law registry of the Ministry of Justice: what became law, when adopted and published."""
