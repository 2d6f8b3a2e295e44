"""Records: our pointers to the things in a host's system."""
