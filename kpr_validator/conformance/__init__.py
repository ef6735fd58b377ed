"""Known persons that a vendor enters, and what the vendor's export makes of them.

`fasit` says who they are and what the message must say of them, `kit` writes that for
people and programs, `export` reads what came out, `match` finds who is who and which row
is which, `differ` tells what is lost, changed and added, `likely` guesses why, and `card`
counts it.
"""
