"""Persons whom a text names, in Russian or Kyrgyz, known or not."""
