"""Vehicles, launchers, places, routes and rates as data files, one a noun; every number has its provenance."""
