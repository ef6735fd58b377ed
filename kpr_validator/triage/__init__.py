"""The register's triage: a folder of returns becomes a state, Parquet, and one board.

The straight line stands in `run.py`: find, recognise, pair, judge, settle, gather, show.
"""
