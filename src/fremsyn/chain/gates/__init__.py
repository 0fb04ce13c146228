"""The gates between the phases: what is missing, closing with a version kept, opening again."""
