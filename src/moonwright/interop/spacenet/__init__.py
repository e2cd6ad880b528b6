"""The two-way door to SpaceNet: its campaigns in, run by its rules or by ours, and out again."""
