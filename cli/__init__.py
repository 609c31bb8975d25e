"""The commands: one file each; composition."""
