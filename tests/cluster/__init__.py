"""A real OpenSearch cluster on the loopback, for tests and benchmarks."""
