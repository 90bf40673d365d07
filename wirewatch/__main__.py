"""`python -m wirewatch` is the command `wirewatch`."""

from wirewatch.cli.main import main

if __name__ == "__main__":
    main(prog_name="wirewatch")
