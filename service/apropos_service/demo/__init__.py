"""Three host screens and a seeded workspace: the product as a customer's people meet it. Everything goes through the SDK."""
