"""Benchmarks: every figure about speed stands beside something measured in the same run.

``python -m bench`` (or ``make bench``) runs them all; ``python -m bench NAME`` one of them.
Nothing here is asserted by the tests: the machine decides what a millisecond is.
"""
