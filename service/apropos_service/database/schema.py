"""The tables as SQLAlchemy knows them, for migrations and their check; the running service does not import this."""

from typing import Any

import sqlalchemy as sa

from ..rows import TABLES, Column, Index, Table

KINDS: dict[str, type[sa.types.TypeEngine[Any]]] = {
    "text": sa.Text,
    "json": sa.Text,
    "integer": sa.BigInteger,
    "boolean": sa.Boolean,
}
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def metadata() -> sa.MetaData:
    """Return every table that a row class declares; `apropos_service.tables` must be imported."""
    made = sa.MetaData(naming_convention=NAMES)
    for row in TABLES:
        _table(made, row.table)
    return made


def _table(made: sa.MetaData, table: Table) -> None:
    keys = {row.table.name: row.table.key for row in TABLES}
    sa.Table(
        table.name,
        made,
        *(_column(column, table) for column in table.columns),
        *_key(table),
        *(sa.ForeignKeyConstraint(each.columns, [f"{each.table}.{name}" for name in keys[each.table]]) for each in table.foreign),
        *(sa.Index(None, *index.columns, unique=index.unique, **_partial(index)) for index in table.indexes),
    )


def _key(table: Table) -> list[Any]:
    """Return the key. A row that is found by its words has a number too, to which the index of words points."""
    if table.words is None:
        return [sa.PrimaryKeyConstraint(*table.key)]
    number = sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(), primary_key=True)
    return [number, sa.UniqueConstraint(*table.key, name=f"uq_{table.name}")]


def _partial(index: Index) -> dict[str, Any]:
    """Return the condition of a partial index as each database's dialect takes it."""
    return {} if index.where is None else {"postgresql_where": sa.text(index.where), "sqlite_where": sa.text(index.where)}


def _column(column: Column, table: Table) -> "sa.Column[object]":
    return sa.Column(column.name, KINDS[column.kind](), nullable=column.nullable and column.name not in table.key)
