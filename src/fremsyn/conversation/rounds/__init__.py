"""A round as those who lead it meet it: prepared, opened, invited to, read, closed, and what came of it."""
