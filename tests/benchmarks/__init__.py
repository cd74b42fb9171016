"""Tests of the benchmarks, on data made here."""
