"""Run the command `index` as `python -m indexer`."""

from indexer.cli import main

main(prog_name="index")
