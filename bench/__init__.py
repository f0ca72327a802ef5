"""The figures of docs/benchmarks.md, each beside its peers in the same run: `./run bench`."""
