"""Model and rows to scores: pure and exact. No clock, no locale, no binary floating point."""
