"""The commands: one file a command, all of them put together in `cli.main`."""
