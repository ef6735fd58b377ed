"""The figures once more, in plain Python straight from the XML: no store, no SQL, no pages.

Nothing here knows how the product counts. What a word means is read from the
definitions, and written a second time.
"""
