"""The body's seats, its meetings: how they are called, held and closed, and who takes part in what."""
