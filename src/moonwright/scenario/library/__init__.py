"""Vehicles, launchers, places, routes and rates as data files, one a noun, all numbers with provenance."""
