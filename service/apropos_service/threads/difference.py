"""What changed between two texts, word by word. Pure, and its time is bounded whatever the texts are.

Source: E. W. Myers, An O(ND) Difference Algorithm and Its Variations, 1986; the greedy algorithm.
"""

import re
from collections.abc import Iterable, Sequence

Piece = tuple[str, str]
"""What happened to a stretch of text: `" "` it stayed, `"-"` it went, `"+"` it came."""

# Blanks; one mark of ASCII, one character of a script without blanks between words; a word.
_WORD = re.compile(
    r"\s+|[!-/:-@\[-`{-~]|[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]|[^\s!-/:-@\[-`{-~\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]+"
)
_MOST_STEPS = 400


def difference(before: str, after: str) -> list[Piece]:
    """Return the pieces of both texts in order: those that stayed or went are `before`, those that stayed or came `after`.

    Texts that have little in common are told as one that went and one that came.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    one, other = old[start : len(old) - end], new[start : len(new) - end]
    middle = _edits(one, other)
    if middle is None:
        middle = [*(("-", word) for word in one), *(("+", word) for word in other)]
    same = [(" ", word) for word in old]
    return _joined([*same[:start], *middle, *same[len(old) - end :]])


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    return next((at for at, (left, right) in enumerate(zip(one, other, strict=False)) if left != right), min(len(one), len(other)))


def _edits(old: Sequence[str], new: Sequence[str]) -> list[Piece] | None:
    """Return the shortest way from one list of words to the other; `None` when it takes more than `_MOST_STEPS`."""
    reached, trail = {1: 0}, []
    for steps in range(min(_MOST_STEPS, len(old) + len(new)) + 1):
        trail.append(dict(reached))
        for line in range(-steps, steps + 1, 2):
            comes = line == -steps or (line != steps and reached[line - 1] < reached[line + 1])
            at = reached[line + 1] if comes else reached[line - 1] + 1
            while at < len(old) and at - line < len(new) and old[at] == new[at - line]:
                at += 1
            reached[line] = at
            if at >= len(old) and at - line >= len(new):
                return _walked(old, new, trail)
    return None


def _walked(old: Sequence[str], new: Sequence[str], trail: Sequence[dict[int, int]]) -> list[Piece]:
    """Go back along the trail, from the end of both lists to their beginning."""
    at, to = len(old), len(new)
    pieces: list[Piece] = []
    for steps in range(len(trail) - 1, -1, -1):
        reached, line = trail[steps], at - to
        comes = line == -steps or (line != steps and reached[line - 1] < reached[line + 1])
        before = line + 1 if comes else line - 1
        from_at, from_to = reached[before], reached[before] - before
        while at > from_at and to > from_to:
            at, to = at - 1, to - 1
            pieces.append((" ", old[at]))
        if steps:
            pieces.append(("+", new[from_to]) if comes else ("-", old[from_at]))
        at, to = from_at, from_to
    return pieces[::-1]


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Join neighbours of a kind, what went before what came; blanks between two changes belong to both."""
    joined: list[Piece] = []
    gone = came = same = ""
    for sign, text in pieces:
        changing = gone or came
        if sign == " ":
            if changing and not text.isspace():
                joined += [("-", gone), ("+", came)]
                gone = came = ""
            same += text
            continue
        if changing:
            gone, came = gone + same, came + same
        else:
            joined.append((" ", same))
        same = ""
        gone, came = gone + text * (sign == "-"), came + text * (sign == "+")
    return [piece for piece in (*joined, ("-", gone), ("+", came), (" ", same)) if piece[1]]
