"""What a session draws from the whole chain: its pre-read and its cards."""
