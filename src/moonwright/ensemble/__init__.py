"""Ensembles: thousands of trials, what they say together, and which cause did the damage."""
