"""The deal: what the partnership is worth, how that may be shared, and whether the plan's own split will hold."""
