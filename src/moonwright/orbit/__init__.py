"""Orbit mechanics: numbers and arrays in, numbers and arrays out."""
