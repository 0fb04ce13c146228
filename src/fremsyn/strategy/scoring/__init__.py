"""What options do in each scenario: everybody's scores with their reasons, and the one that the case settles on."""
