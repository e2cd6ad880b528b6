"""What is asked: frozen models of a scenario file, reading and checking it. Knows no physics."""
