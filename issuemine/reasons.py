"""Why something did not fit or did not work, in words of ours instead of a library's."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from typing import Any

from issuemine.messages import mark, retell, say

_DATE = mark("must be a date such as 2026-01-31")
_NUMBER = mark("must be a number")
_WHOLE = mark("must be a whole number")
_TEXT = mark("must be a text")
_LIST = mark("must be a list")
_TABLE = mark("must be a table of names and values")
_TRUTH = mark("must be true or false")
_CHOICE = mark("must be one of: {expected}")
_UNFIT = {
    "missing": mark("is missing"),
    "extra_forbidden": mark("is no setting"),
    "int_parsing": _WHOLE,
    "int_type": _WHOLE,
    "int_from_float": _WHOLE,
    "int_parsing_size": _WHOLE,
    "float_parsing": _NUMBER,
    "float_type": _NUMBER,
    "finite_number": _NUMBER,
    "bool_parsing": _TRUTH,
    "bool_type": _TRUTH,
    "string_type": _TEXT,
    "list_type": _LIST,
    "tuple_type": _LIST,
    "dict_type": _TABLE,
    "model_type": _TABLE,
    "model_attributes_type": _TABLE,
    "greater_than": mark("must be more than {gt}"),
    "greater_than_equal": mark("must be at least {ge}"),
    "less_than": mark("must be less than {lt}"),
    "less_than_equal": mark("must be at most {le}"),
    "enum": _CHOICE,
    "literal_error": _CHOICE,
    "union_tag_invalid": mark("its {discriminator} must be one of: {expected_tags}"),
    "union_tag_not_found": mark("must say its {discriminator}"),
    "date_parsing": _DATE,
    "date_type": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "string_too_short": mark("must have at least {min_length} characters"),
    "string_too_long": mark("must have at most {max_length} characters"),
    "too_short": mark("must be given at least {min_length} times"),
    "too_long": mark("must be given at most {max_length} times"),
}
"""What a value must be, by the kind of pydantic's finding."""

_FAILED = {
    errno.EACCES: mark("permission denied"),
    errno.EPERM: mark("permission denied"),
    errno.EROFS: mark("the file system is read-only"),
    errno.ENOSPC: mark("the disk is full"),
    errno.EDQUOT: mark("the disk is full"),
    errno.EIO: mark("the disk reports an error"),
    errno.ENOENT: mark("it does not exist"),
    errno.ENOTDIR: mark("a part of the path is no folder"),
    errno.EISDIR: mark("it is a folder"),
    errno.EEXIST: mark("a file is in its place"),
    errno.ENAMETOOLONG: mark("the name is too long"),
    errno.ELOOP: mark("its links lead in a circle"),
    errno.EMFILE: mark("too many files are open"),
    errno.ENFILE: mark("too many files are open"),
}
"""What the operating system found, by the number of its error."""


def unfit(issue: Mapping[str, Any]) -> str:
    """What a value must be, in the language in force.

    Parameters
    ----------
    issue : mapping
        One of ``ValidationError.errors()``. A kind that is not known here is told in pydantic's words.
    """
    context = issue.get("ctx", {})
    if issue["type"] == "value_error":
        return retell(str(context.get("error", issue["msg"])))
    template = _UNFIT.get(issue["type"])
    if template is None:
        return str(issue["msg"])
    return say(template, **{name: str(value).replace(" or ", ", ") for name, value in context.items()})


def failed(error: OSError) -> str:
    """Why the operating system refused, in the language in force.

    Parameters
    ----------
    error : OSError
        Its number decides; without one, its kind is named.
    """
    template = _FAILED.get(error.errno or 0)
    return say(template) if template else error.strerror or type(error).__name__
