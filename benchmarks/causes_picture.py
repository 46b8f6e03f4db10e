"""Draw recall of planted causes by difficulty: ``python -m benchmarks.causes_picture FILE... --svg PATH``.

The files are those that ``benchmarks.causes_planted`` writes with ``--json``; several are counted together,
and their table is printed too.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from benchmarks.causes_planted import EXCESSES, RATIOS, report

WIDTH, HEIGHT, LEFT, TOP = 120, 48, 110, 56


def summed(files: list[Path]) -> dict[str, Any]:
    """The outcomes of all files."""
    told: dict[str, Any] = {}
    for file in files:
        for name, value in json.loads(file.read_text(encoding="utf-8")).items():
            told[name] = told[name] + value if name in told else value
    return told


def picture(told: dict[str, Any]) -> str:
    """A map of recall: risk ratio downwards, excess records to the right."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{LEFT + WIDTH * len(EXCESSES) + 10}" '
        f'height="{TOP + HEIGHT * len(RATIOS) + 10}" font-family="sans-serif" font-size="13">',
        f'<text x="{LEFT}" y="18">excess records of the planted cause</text>',
        f'<text x="4" y="{TOP - 8}">risk ratio</text>',
    ]
    for column, (least, most) in enumerate(EXCESSES):
        name = f"{least} to {most}" if most < 10**9 else f"{least} or more"
        parts.append(f'<text x="{LEFT + column * WIDTH + 8}" y="{TOP - 8}">{name}</text>')
    for row, (low, high) in enumerate(RATIOS):
        parts.append(f'<text x="4" y="{TOP + row * HEIGHT + 29}">{low:.1f} to {high:.0f}</text>')
        for column, (least, most) in enumerate(EXCESSES):
            part = [
                each["found"]
                for each in told["outcomes"]
                if low <= each["ratio"] < high and least <= each["excess"] < most
            ]
            share = sum(part) / len(part) if part else None
            fill = (
                "#eeeeee"
                if share is None
                else f"rgb({round(240 - 205 * share)},{round(245 - 100 * share)},240)"
            )
            text = "none" if share is None else f"{share:.0%} of {len(part)}"
            x, y = LEFT + column * WIDTH, TOP + row * HEIGHT
            parts.append(f'<rect x="{x}" y="{y}" width="{WIDTH - 4}" height="{HEIGHT - 4}" fill="{fill}"/>')
            parts.append(f'<text x="{x + 8}" y="{y + 29}">{text}</text>')
    return "\n".join([*parts, "</svg>", ""])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--svg", type=Path)
    arguments = parser.parse_args()
    if arguments.files:
        told = summed(arguments.files)
        report(told)
        if arguments.svg:
            arguments.svg.write_text(picture(told), encoding="utf-8")


if __name__ == "__main__":
    main()
