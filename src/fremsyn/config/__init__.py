"""How Fremsyn is put together and started."""
