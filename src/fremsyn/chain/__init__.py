"""The whole case over all phases: check, import, export, run."""
