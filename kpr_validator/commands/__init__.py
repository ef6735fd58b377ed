"""The commands, one module each with its own `app`; cli.py names them.

What several share: `options` (what the user may ask), `chosen` (the user's own files),
`known` (the baseline), `judging` (from a file to an exit code) and `telling` (what is said,
and where).
"""
