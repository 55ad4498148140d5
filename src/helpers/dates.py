"""Dates in the text, as ranges of days."""
