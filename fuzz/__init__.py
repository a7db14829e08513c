"""Coverage-guided fuzzing of everything that reads foreign data: ``python -m fuzz`` (see `fuzz.__main__`)."""
