"""The words everybody shares: standard library only, no I/O."""
