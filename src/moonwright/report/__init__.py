"""Plan and Run -> tables, one-file HTML report, results folder. Presentation only: decides nothing."""
