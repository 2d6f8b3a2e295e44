"""Orders, and what is discussed about them."""
