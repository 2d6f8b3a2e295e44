"""A workspace made up to try sizes with: as if it had been written in the service, and as many comments as one likes."""
