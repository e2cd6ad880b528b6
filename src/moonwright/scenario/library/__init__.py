"""Vehicles, launchers, places, routes and rates as data files, one a noun, each number with its provenance."""
