"""The command line: one file per group of commands, each thin over the store.

Nothing heavy is imported before a command needs it: no Textual at all (but for ``browse``), and
the store's parts inside the functions that use them.
"""
