"""Quality and speed of digest beside its peers, run on demand: `python -m benchmarks.NAME`. Not part of the package."""
