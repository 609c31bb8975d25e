"""The checks: pure functions over a timeline and the edition of a rule."""
