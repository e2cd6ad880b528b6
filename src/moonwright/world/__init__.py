"""Scenario and physics -> World: what is true over time whatever is decided."""
