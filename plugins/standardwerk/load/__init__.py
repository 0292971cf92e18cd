"""Bytes to model, with diagnostics for everything that is wrong: YAML with line numbers, CSV with line and column."""
