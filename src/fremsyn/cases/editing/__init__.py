"""Adding, changing, linking and withdrawing things of a case, whatever they are."""
