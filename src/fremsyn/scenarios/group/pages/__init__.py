"""What the pages of judging in a group hold."""
