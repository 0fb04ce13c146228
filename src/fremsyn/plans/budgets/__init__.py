"""What initiatives cost by year, in one form."""
