"""`python -m moonwright` is the command `moonwright`."""

from moonwright.cli import main

if __name__ == "__main__":
    main()
