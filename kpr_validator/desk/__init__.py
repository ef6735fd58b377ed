"""One user's table: files that are put on it, judged, and asked about. The pages stand on it.

Pure Python that takes and gives plain values, so that it is the same behind a server and
in a browser.
"""
