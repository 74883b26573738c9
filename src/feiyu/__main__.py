"""``python -m feiyu`` is the command line."""

from feiyu.cli import main

if __name__ == "__main__":
    main()
