"""Stress: what shocks do to a campaign and to the partnership that carries it."""
