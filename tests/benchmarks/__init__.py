"""Benchmarks: run by hand, never by the tests. `make bench`, or one of them with `python -m tests.benchmarks.NAME`."""
