"""What people read: one Report rendered as text, JSON or HTML."""
