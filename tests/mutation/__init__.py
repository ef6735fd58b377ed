"""The mutation test of rules: a page's examples must notice when its SQL is changed."""
