"""Faults on wish: small edits of synthetic persons and files, and the findings that they give."""
