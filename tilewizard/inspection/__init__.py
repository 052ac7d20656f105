"""What a file of a format holds: pictures, PDF, SVG, YAML, dashboards.

Heavy libraries are imported where a file asks for them.

May import: language, errors, field, documents.
"""
