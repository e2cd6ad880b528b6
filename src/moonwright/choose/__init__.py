"""Choices: other plans nearly as good, trade-offs, comparisons, pinned decisions, planning onward from a date."""
