"""Frozen values: what a handbook, a roster, a source and a score are. No I/O, no clock, no locale."""
