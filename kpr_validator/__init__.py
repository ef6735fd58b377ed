"""Checks a municipality's annual IPLOS return to KPR before it is sent."""

__version__ = "0.1.0"
