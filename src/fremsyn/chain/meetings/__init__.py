"""Calling the body's meetings: the case is sealed and its members are told, both or neither."""
