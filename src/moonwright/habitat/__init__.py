"""What people use up and what is won back: masses in, masses out. Numbers in, numbers out."""
