"""The case, its items and links, who may see it, and how a case file is read."""
