"""One command per figure of docs/benchmarks.md."""
