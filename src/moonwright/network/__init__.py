"""World -> Network: the space of decisions, without a solver."""
