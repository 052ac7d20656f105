"""Log pipelines, run offline: what Datadog would make of a sample line, told field by field.

``pipeline`` reads ``assets/logs/*.yaml`` and runs it; ``processors`` holds one function per processor type, ``grok`` the grok
parser, ``search`` the filters' syntax, ``cases`` the published tests. What can't be known offline is told as unknown.

May import: language, errors, inspection.
"""
