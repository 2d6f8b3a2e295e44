"""Finding rows by their words: what is asked, as each database writes it. Pure.

Law: a column that is indexed so holds words with a space between; a word has letters, marks, digits and `_` only, and is
lower case. `FOUND(table.words, :asked)` in a statement tells whether these words of a row answer an `Ask`, and an index finds
all such rows; `HAS(table.words, :asked)` tells the same of rows that are found otherwise. A word that ends with `*` is a
beginning.
"""

from dataclasses import dataclass

Alternatives = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """Any of these alternatives, each of them words that all stand in one row; with `tag` every word of these rows begins."""

    any_of: Alternatives
    tag: str = ""

    def for_sqlite(self) -> str:
        """Return it in the language of FTS5."""
        return " OR ".join(f"({' AND '.join(self._fts5(word) for word in every)})" for every in self.any_of)

    def for_postgresql(self) -> str:
        """Return it as a `tsquery`."""
        return " | ".join(f"({' & '.join(self._lexeme(word) for word in every)})" for every in self.any_of)

    def _fts5(self, word: str) -> str:
        return f'"{self.tag}{word.rstrip("*")}"{"*" if word.endswith("*") else ""}'

    def _lexeme(self, word: str) -> str:
        return f"'{self.tag}{word.rstrip('*')}'{':*' if word.endswith('*') else ''}"
