"""Benchmarks and evaluations, each a command: `python -m benchmarks.NAME --data DIR`."""
