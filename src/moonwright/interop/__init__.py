"""Doors to other tools: their files in and out. What cannot be carried over is listed, never dropped silently."""
