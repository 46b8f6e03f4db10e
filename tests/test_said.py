"""No text that a person reads stands in the sources without passing through say, mark or retell."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from api import errors as api_errors
from issuemine.errors import IssuemineError

ROOT = Path(__file__).parent.parent
SOURCES = sorted(
    path
    for top in ("issuemine", "api", "pipelines")
    for path in (ROOT / top).rglob("*.py")
    if "versions" not in path.parts  # migrations speak to databases alone
)
SHOWING = {"print", "echo", "secho", "stage", "add_row", "add_column", "add_task", "problem", "_tell"}
"""Calls whose unnamed arguments are shown as they are."""
NOTING = {"drop": 2, "note": 2}
"""Calls that store a reason, and where it stands among their arguments."""
WORDS = re.compile(r"[^\W\d_]{2,}")


def kinds(kind: type[Exception]) -> set[str]:
    """Names of an exception's class and of all that are made from it."""
    return {kind.__name__}.union(*(kinds(further) for further in kind.__subclasses__()))


TELLING = kinds(IssuemineError) | {"HTTPException"}
assert api_errors.NotFoundError.__name__ in TELLING


def called(node: ast.Call) -> str:
    """Last name of what is called."""
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def bare(node: ast.AST | None, assigned: dict[str, list[ast.expr]]) -> Iterator[ast.AST]:
    """Texts with words in an expression that nothing says, also by way of a variable."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str) and WORDS.search(node.value):
            yield node
    elif isinstance(node, ast.Name):
        # Each name is followed once, so that one that is made of itself ends.
        followed = {name: values for name, values in assigned.items() if name != node.id}
        for value in assigned.get(node.id, []):
            yield from bare(value, followed)
    elif isinstance(node, ast.JoinedStr):
        for part in node.values:
            yield from bare(part.value if isinstance(part, ast.FormattedValue) else part, assigned)
    elif isinstance(node, ast.BinOp):
        yield from bare(node.left, assigned)
        yield from bare(node.right, assigned)
    elif isinstance(node, ast.IfExp):
        yield from bare(node.body, assigned)
        yield from bare(node.orelse, assigned)
    elif isinstance(node, ast.BoolOp):
        for operand in node.values:
            yield from bare(operand, assigned)
    elif isinstance(node, ast.Call) and called(node) in ("Text", "Padding", "Panel", "format", "join"):
        if isinstance(node.func, ast.Attribute):
            yield from bare(node.func.value, assigned)
        yield from (found for argument in node.args[:1] for found in bare(argument, assigned))
    elif isinstance(node, ast.Call) and called(node) == "assemble":
        for argument in node.args:
            yield from bare(argument.elts[0] if isinstance(argument, ast.Tuple) else argument, assigned)


def variables(tree: ast.AST) -> dict[str, list[ast.expr]]:
    """What each variable of a part of the program is ever given."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        value = getattr(node, "value", None)
        for target in targets:
            if isinstance(target, ast.Name) and isinstance(value, ast.expr):
                found.setdefault(target.id, []).append(value)
    return found


def shown(node: ast.Call) -> list[ast.expr]:
    """Arguments of a call that a person gets to read."""
    name, helped = called(node), [keyword.value for keyword in node.keywords if keyword.arg == "help"]
    if name in TELLING:
        return [*node.args, *(keyword.value for keyword in node.keywords)]
    if name in SHOWING:
        return [*node.args]
    if name in NOTING:
        return node.args[NOTING[name] : NOTING[name] + 1]
    return helped


def unsaid(path: Path) -> list[str]:
    """Line and what is wrong there."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    module = {
        name: values
        for node in tree.body
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        for name, values in variables(node).items()
    }
    found = set()
    for scope in (tree, *functions):
        assigned = module if scope is tree else module | variables(scope)
        for node in ast.walk(scope):
            if not isinstance(node, ast.Call):
                continue
            for argument in shown(node):
                found |= {(text.lineno, ast.unparse(text)) for text in bare(argument, assigned)}
            named = {keyword.arg for keyword in node.keywords}
            if called(node) in ("Option", "Argument", "Typer", "command") and "help" not in named:
                found.add((node.lineno, f"{called(node)} without help"))
    for function in functions:
        if any("validator" in ast.unparse(decorator) for decorator in function.decorator_list):
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and called(node) == "ValueError":
                    texts = (text for argument in node.args for text in bare(argument, {}))
                    found |= {(text.lineno, ast.unparse(text)) for text in texts}
    return [f"{line}: {what}" for line, what in sorted(found)]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_person_reads_is_said(path: Path) -> None:
    assert unsaid(path) == []


@pytest.mark.parametrize(
    "line",
    [
        'raise IngestError("The file is odd.")',
        'raise IngestError(f"{path} is odd.", say("Mend it."))',
        'raise StoreError(say("It is odd."), hint="Mend it.")',
        'raise NotFoundError(message="Nothing here.")',
        'why = "odd things"\n    raise IngestError(why)',
        'raise IngestError(say("It is odd.") if path else "It is very odd.")',
        'raise HTTPException(404, "Nothing here.")',
        'console.print("All went well")',
        'console.print(f"{path:>3} went well")',
        'console.print(Text("All went well", style="dim"))',
        'console.print(Text.assemble(("All went well", "dim")))',
        'console.print("{} went well".format(path))',
        'typer.echo("All went well")',
        'typer.Option(help="The path.")',
        "typer.Option()",
        'app.command("odd")(path)',
        'table.add_row("All", path)',
        'rejects.drop("body", bad, "is odd")',
        'reporter.stage("Reading", None)',
        'problem(500, "It failed.")',
        '_tell("It failed.", None)',
    ],
)
def test_a_text_that_is_not_said_is_told(line: str, tmp_path: Path) -> None:
    (tmp_path / "odd.py").write_text(f"def odd(path):\n    {line}\n")
    assert len(unsaid(tmp_path / "odd.py")) == 1


def test_a_validator_says_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "odd.py").write_text(
        "class Odd:\n    @field_validator('a')\n    def check(cls, a):\n        raise ValueError('is odd')\n"
    )
    assert unsaid(tmp_path / "odd.py") == ["4: 'is odd'"]


@pytest.mark.parametrize(
    "line",
    [
        'raise IngestError(say("The file is odd."), None)',
        'console.print(f"{path:>3} × {say(path)}", style="dim")',
        'console.print(Text(say("odd"), style="dim") + "  ")',
        'console.print(Text.assemble((say("odd"), "bold red"), " ", path))',
        'raise ValueError("for programmers")',
    ],
)
def test_a_text_that_is_said_is_left_alone(line: str, tmp_path: Path) -> None:
    (tmp_path / "fine.py").write_text(f"def fine(path):\n    {line}\n", encoding="utf-8")
    assert unsaid(tmp_path / "fine.py") == []
