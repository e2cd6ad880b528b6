"""What the command's exit code means."""

SOLVED, USAGE, BAD_SCENARIO, INFEASIBLE, NO_PLAN, INTERNAL = 0, 2, 3, 4, 5, 6
INTERRUPTED = 130  # by Ctrl-C, as shells have it: 128 and the signal's number
