"""`python -m cli` is the command `baikoo`."""

from cli.main import main

if __name__ == "__main__":
    main()
