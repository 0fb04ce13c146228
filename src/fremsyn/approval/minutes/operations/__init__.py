"""What is done with the minutes of a meeting."""
