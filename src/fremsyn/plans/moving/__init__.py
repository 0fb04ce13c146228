"""Moving an initiative in time: what moves along, and why it can't be."""
