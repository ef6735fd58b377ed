"""Builds the validator as one HTML file that runs in a browser, without network."""
