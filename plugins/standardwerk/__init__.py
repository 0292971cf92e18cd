"""Standardwerk: standards handbooks and monthly scorecards as a static site."""

__version__ = "0.1.0"
