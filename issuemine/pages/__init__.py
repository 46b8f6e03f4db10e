"""The pages that people read: templates, words and charts, from plain figures to HTML.

The service shows them and ``issuemine report`` writes them to a file; neither knows the other. ``words`` is
what the command line says too.
"""
