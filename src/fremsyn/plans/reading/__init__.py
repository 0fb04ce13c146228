"""Signposts are read: a number in a quarter, and on which side of the threshold it is."""
