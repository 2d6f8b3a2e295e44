"""Measures of Apropos beside the limits of the same machine, in one run: `make bench`.

Nothing here fails for being slow. Repetitions take turns with what they are compared to, so that the machine's moods
meet both; ratios count, absolute numbers do not.
"""

import argparse
import resource
import sys
import traceback
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1]))

import delivering
import fanout
import growth
import looking
import overload
import page
import posting
import reading
import results
import several
import weights
from measures import Figures, Measures, circumstances

ORDINARY = {
    "posting": posting.measure,
    "reading": reading.measure,
    "several": several.measure,
    "telling": fanout.measure,
    "delivering": delivering.measure,
    "looking": looking.measure,
    "overload": overload.measure,
    "weights": weights.measure,
}
HERE = Path(__file__).parent


def main():
    """Measure the parts asked for, beside what is known of the others; write figures.json, RESULTS.md and results.html."""
    asked = arguments()
    parts = ORDINARY | {"growth": partial(growth.measure, many=asked.rows or 1_000_000)}
    chosen = asked.parts or [*ORDINARY, *(["growth"] if asked.rows else [])]
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    failed = [name for name in chosen if not run(name, parts[name])]
    write()
    return 1 if failed else 0


def arguments():
    """Return what was asked for."""
    words = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    words.add_argument("parts", nargs="*", choices=[*ORDINARY, "growth", []], help="all but growth, where none is named")
    words.add_argument("--rows", type=int, help="measure growth too, from ten thousand comments to so many")
    return words.parse_args()


def run(name, part):
    """Measure one part and keep what it found; where it fails, say so and leave what was known."""
    measures = Measures()
    sys.stderr.write(f"{name} … ")
    sys.stderr.flush()
    try:
        with TemporaryDirectory(prefix="apropos-bench-") as folder:
            when = circumstances(partial(part, measures, Path(folder)))
    except Exception:  # noqa: BLE001 the other parts are to be had nevertheless
        sys.stderr.write(f"failed\n{traceback.format_exc()}")
        return False
    Figures().keep(name, measures, when)
    sys.stderr.write(f"{when['seconds']} s\n")
    return True


def write():
    """Write what is known, for who reads and for who looks."""
    found = Figures()
    text = results.tell(found)
    print(text)
    (HERE / "RESULTS.md").write_text(text, encoding="utf-8")
    (HERE / "results.html").write_text(page.draw(found), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
