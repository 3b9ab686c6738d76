"""``python -m graph.cli``: the command ``daftar`` of this tree, installed or not."""

from graph.cli import main

if __name__ == "__main__":
    main()
