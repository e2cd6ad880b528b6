"""Trials: a plan carried out in continuous time while things go wrong, and the rules by which people react."""
