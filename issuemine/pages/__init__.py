"""The pages that people read: templates, words and charts, from plain figures to HTML.

The service shows them and ``issuemine report`` writes them to a file; neither knows the other.
"""

from issuemine.pages.address import Address
from issuemine.pages.rendering import asset, render

__all__ = ["Address", "asset", "render"]
