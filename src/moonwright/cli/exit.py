"""What the command's exit code means."""

SOLVED, USAGE, BAD_SCENARIO, INFEASIBLE, NO_PLAN, INTERNAL = 0, 2, 3, 4, 5, 6
