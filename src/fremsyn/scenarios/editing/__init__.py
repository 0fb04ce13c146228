"""Making drivers of trends, scenarios of what hangs together, and stories of scenarios."""
