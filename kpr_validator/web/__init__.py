"""The page from a server on one's own computer. The only part of the program that has a socket."""
