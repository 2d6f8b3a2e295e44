"""Write `migrations/versions/0001_first.py` anew from the tables that row classes declare.

Law: only until the first release; from then on a change of a table is a migration of its own.
"""

import subprocess
from pathlib import Path

import sqlalchemy as sa
from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext

from apropos_service import tables  # noqa: F401 so that every table is declared
from apropos_service.database.schema import metadata
from apropos_service.rows import TABLES

PLACE = Path(__file__).parents[1] / "service/apropos_service/migrations/versions/0001_first.py"
HEAD = '''"""The first shape."""

import sqlalchemy as sa
from alembic import op

from apropos_service.migrations.words import index_words

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
'''


def main() -> None:
    """Compare the tables with an empty database, and write what makes them."""
    with sa.create_engine("sqlite://").connect() as connection:
        made = produce_migrations(MigrationContext.configure(connection), metadata())
    if made.upgrade_ops is None:
        raise SystemExit("no table is declared")
    code = render_python_code(made.upgrade_ops, render_as_batch=False)
    lines = [line.strip() for line in code.splitlines() if "###" not in line]
    lines += [f'index_words("{row.table.name}", "{row.table.words}")' for row in TABLES if row.table.words]
    PLACE.write_text(HEAD + "".join(f"    {line}\n" for line in lines), encoding="utf-8")
    for command in (["check", "--fix-only", "--quiet"], ["format", "--quiet"]):
        subprocess.run(["ruff", *command, PLACE], check=True)


if __name__ == "__main__":
    main()
