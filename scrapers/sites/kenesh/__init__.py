"""The Jogorku Kenesh: today's site (JSON) and its predecessor (server-side HTML, 2016–2023)."""
