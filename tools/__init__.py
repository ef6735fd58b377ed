"""Small tools for those who change the project. The product does not need them."""
