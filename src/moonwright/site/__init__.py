"""A place on the ground: its horizon, its light, power from it, and how hot and cold it gets. Arrays in, arrays out."""
