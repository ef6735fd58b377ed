"""A seeded writer of large submissions and the measurements made on them."""
