"""Moonwright: plan, prove, simulate and stress-test the joint construction and supply of crewed bases."""

__version__ = "0.1.0"
