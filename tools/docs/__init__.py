"""The catalogue as a static site: a page per rule, concept and code list."""
