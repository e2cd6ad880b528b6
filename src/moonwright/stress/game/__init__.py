"""Cooperative games: what coalitions are worth, and how it may be shared. Numbers in, numbers out."""
