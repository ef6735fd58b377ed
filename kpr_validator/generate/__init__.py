"""Synthetic submissions: populations calibrated to published figures, with faults on wish."""
