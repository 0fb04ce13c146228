"""What knows nothing of foresight: texts in two languages, and errors."""
