"""The discussion: threads, comments, and what people do with them."""
