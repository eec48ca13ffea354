"""The report: one HTML page that needs nothing else, and the same figures as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from html import escape
from typing import TYPE_CHECKING, Any

from bot.evaluation.data_quality import ROWS, Pair, Quality, as_data
from bot.evaluation.figures import (
    LANGUAGE_DIFFERENCE,
    TARGETS,
    Figures,
    Judged,
    by_language,
    confusions,
)
from bot.evaluation.plots import calibration_error, recall_plot, reliability_plot

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from bot.evaluation.ablation import Row
    from bot.nlu.decision import Thresholds

CONFUSIONS = 25
STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; } caption { text-align: left; font-weight: 600; }
th, td { border-bottom: 1px solid #ccc; padding: .25rem .75rem; text-align: left; }
td.missed { color: #a00; font-weight: 600; } img { max-width: 100%; }
"""


@dataclass(frozen=True)
class Results:
    """Everything that was measured."""

    sets: dict[str, list[Judged]]  # name -> judgements; the first is our own examples
    notes: list[str]
    thresholds: Thresholds
    quality: Quality
    ablation: list[Row]


def as_text(results: Results) -> str:
    """The figures and the confusion pairs for the terminal."""
    lines = list(results.notes)
    for name, judged in results.sets.items():
        lines += ["", name, *_figure_lines(by_language(judged))]
        pairs = [f"{meant} -> {found} ({n})" for meant, found, n in confusions(judged)[:8]]
        lines.append(f"  most confused: {', '.join(pairs) or 'nothing'}")
        lines.append(f"  calibration error: {calibration_error(judged):.3f}")
    lines += ["", *_quality_lines(results.quality)]
    lines += [_ablation_line(row) for row in results.ablation]
    return "\n".join(lines)


def _quality_lines(quality: Quality) -> list[str]:
    return [
        f"near copies within an entry: {len(quality.copies_within)}",
        f"near copies across entries: {len(quality.copies_across)}",
        f"echoes in the other language: {len(quality.echoes)}",
        f"doubtful labels: {len(quality.doubtful)}",
    ]


def as_json(results: Results) -> str:
    """The figures for programs."""
    content = {
        "notes": results.notes,
        "thresholds": asdict(results.thresholds),
        "sets": {
            name: {
                "languages": {code: asdict(one) for code, one in by_language(judged).items()},
                "confusions": confusions(judged),
                "calibration_error": round(calibration_error(judged), 4),
            }
            for name, judged in results.sets.items()
        },
        "quality": as_data(results.quality),
        "ablation": [asdict(row) for row in results.ablation],
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def write(results: Results, directory: Path) -> None:
    """Write evaluation.html and evaluation.json."""
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "evaluation.json").write_text(as_json(results), encoding="utf-8")
    (directory / "evaluation.html").write_text(as_html(results), encoding="utf-8")


def as_html(results: Results) -> str:
    """The whole page."""
    parts = [f"<p>{escape(note)}</p>" for note in results.notes]
    for name, judged in results.sets.items():
        parts.append(f"<h2>{escape(name)}</h2>")
        parts.append(_figure_table(by_language(judged)))
        pairs = confusions(judged)[:CONFUSIONS]
        parts.append(_table("Confused", ["meant", "understood", "times"], pairs))
    own = next(iter(results.sets.values()))
    parts += [
        "<h2>Do the confidences mean what they say?</h2>",
        _image(reliability_plot(results.sets), "Reliability of the confidences"),
        "<h2>Entries</h2>",
        _image(recall_plot(own), "How often each entry is understood at once"),
        *_quality_parts(results.quality),
    ]
    if results.ablation:
        parts += ["<h2>What each choice gives</h2>", _ablation_table(results.ablation)]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"<title>Evaluation</title><style>{STYLE}</style></head><body>"
        f"<h1>How well visitors are understood</h1>{''.join(parts)}</body></html>\n"
    )


def _figure_lines(languages: dict[str, Figures]) -> list[str]:
    lines = [f"  {'':24}" + "".join(f"{code:>9}" for code in languages)]
    targets = {target.figure: target for target in TARGETS}
    for field in fields(Figures):
        values = [getattr(one, field.name) for one in languages.values()]
        target = targets.get(field.name)
        wish = f"   {'<=' if target.most else '>='} {target.value:.2f}" if target else ""
        lines.append(f"  {field.name:24}" + "".join(f"{_shown(v):>9}" for v in values) + wish)
    top1 = [one.top1 for one in languages.values() if one.top1 is not None]
    difference = max(top1) - min(top1) if top1 else 0.0
    lines.append(
        f"  {'language difference':24}{difference:9.3f}{'':9}   <= {LANGUAGE_DIFFERENCE:.2f}"
    )
    return lines


def _figure_table(languages: dict[str, Figures]) -> str:
    targets = {target.figure: target for target in TARGETS}
    rows = []
    for field in fields(Figures):
        target = targets.get(field.name)
        cells = [f"<td>{field.name.replace('_', ' ')}</td>"]
        for one in languages.values():
            missed = target is not None and not target.reached(one)
            mark = ' class="missed"' if missed else ""
            cells.append(f"<td{mark}>{_shown(getattr(one, field.name))}</td>")
        wish = f"{'at most' if target.most else 'at least'} {target.value:.2f}" if target else ""
        rows.append(f"<tr>{''.join(cells)}<td>{wish}</td></tr>")
    head = "".join(f"<th>{escape(cell)}</th>" for cell in ["figure", *languages, "wanted"])
    return f"<table><tr>{head}</tr>{''.join(rows)}</table>"


def _quality_parts(quality: Quality) -> list[str]:
    pair = ["likeness", "first", "second"]
    return [
        "<h2>The examples</h2>",
        _table(
            "Style (rough marks)",
            ["style", *quality.styles],
            [
                [style, *(f"{shares[style]:.0%}" for shares in quality.styles.values())]
                for style in next(iter(quality.styles.values()))
            ],
        ),
        _table(
            "Suspected label errors", ["text", "", "label", "rather", "share"], quality.doubtful
        ),
        _table("Nearly the same words, same entry", pair, _pair_rows(quality.copies_within)),
        _table("Nearly the same words, two entries", pair, _pair_rows(quality.copies_across)),
        _table("Nearly the same in the other language", pair, _pair_rows(quality.echoes)),
        _table("Entries that lie close", ["entry", "entry", "cosine"], quality.close_entries),
        _table("Entries whose lines are alike", ["entry", "", "likeness"], quality.monotonous),
        _table(
            "Examples",
            ["entry", *next(iter(quality.counts.values()))],
            [[label, *counts.values()] for label, counts in quality.counts.items()],
            len(quality.counts),
        ),
    ]


def _pair_rows(pairs: Sequence[Pair]) -> list[list[str]]:
    return [
        [f"{pair.likeness:.2f}", " | ".join(pair.first), " | ".join(pair.second)] for pair in pairs
    ]


def _ablation_table(rows: Sequence[Row]) -> str:
    names = ["top1", "in_scope_top1", "right_or_offered", "out_of_scope_declined"]
    names += ["in_scope_declined", "wrong_with_confidence"]
    head = ["variant", "own: top1", *(f"visitors: {name.replace('_', ' ')}" for name in names)]
    body = [
        [row.name, _shown(row.own.top1), *(_shown(getattr(row.visitors, name)) for name in names)]
        for row in rows
    ]
    return _table("One thing changed at a time", head, body)


def _ablation_line(row: Row) -> str:
    own, visitors = row.own, row.visitors
    return f"| {row.name} | " + " | ".join(
        _shown(value)
        for value in (
            own.top1,
            visitors.top1,
            visitors.in_scope_top1,
            visitors.right_or_offered,
            visitors.out_of_scope_declined,
            visitors.wrong_with_confidence,
        )
    )


def _table(
    caption: str, head: Sequence[str], rows: Sequence[Iterable[Any]], most: int = ROWS
) -> str:
    if not rows:
        return f"<p>{escape(caption)}: none.</p>"
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(_shown(cell))}</td>" for cell in row) + "</tr>"
        for row in rows[:most]
    )
    more = f" ({len(rows)}, the first {most})" if len(rows) > most else f" ({len(rows)})"
    cells = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    return f"<table><caption>{escape(caption + more)}</caption><tr>{cells}</tr>{body}</table>"


def _image(content: str, words: str) -> str:
    return f'<p><img alt="{escape(words)}" src="data:image/png;base64,{content}"></p>'


def _shown(value: Any) -> str:
    if value is None:
        return "-"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
