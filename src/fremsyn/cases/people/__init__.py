"""Who is in a case, in which role, and how they come in and out."""
