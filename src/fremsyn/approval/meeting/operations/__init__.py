"""What is done with seats and meetings."""
