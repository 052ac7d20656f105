"""Metrics from elsewhere: what a product exposes, a spreadsheet, another metadata.csv.

Reading never raises on a text, whatever it holds: what can be taken is taken, the rest is reported by line. Everything
that was not written there in so many words is told as a guess.

May import: language, errors, quoting, answers, documents, field.
"""
