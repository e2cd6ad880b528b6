"""Plan + World -> Run: what happens. Shares no bookkeeping with the network."""
