"""The first shape."""

import sqlalchemy as sa
from alembic import op

from apropos_service.migrations.words import index_words

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "alarm",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("thread_id", sa.Text(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "kind", "about", "person_id", name=op.f("pk_alarm")),
    )
    op.create_index(op.f("ix_alarm_at"), "alarm", ["at"], unique=False)
    op.create_index(op.f("ix_alarm_workspace_id_thread_id"), "alarm", ["workspace_id", "thread_id"], unique=False)
    op.create_table(
        "field_change",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", "record_id", "seq", "field", name=op.f("pk_field_change")),
    )
    op.create_index(
        op.f("ix_field_change_workspace_id_record_id_field_seq"),
        "field_change",
        ["workspace_id", "record_id", "field", "seq"],
        unique=False,
    )
    op.create_table(
        "idempotency",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("status", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "caller", "key", name=op.f("pk_idempotency")),
    )
    op.create_index(op.f("ix_idempotency_at"), "idempotency", ["at"], unique=False)
    op.create_index(op.f("ix_idempotency_workspace_id_about"), "idempotency", ["workspace_id", "about"], unique=False)
    op.create_table(
        "installation",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_installation")),
    )
    op.create_table(
        "log_head",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("forgotten", sa.BigInteger(), nullable=False),
        sa.Column("pruned", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_log_head")),
    )
    op.create_table(
        "loose_file",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("attachment_id", sa.Text(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "place", name=op.f("pk_loose_file")),
    )
    op.create_index(op.f("ix_loose_file_due_at"), "loose_file", ["due_at"], unique=False)
    op.create_table(
        "membership",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "group_id", "person_id", name=op.f("pk_membership")),
    )
    op.create_index(op.f("ix_membership_workspace_id_person_id"), "membership", ["workspace_id", "person_id"], unique=False)
    op.create_table(
        "message",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "position", name=op.f("pk_message")),
    )
    op.create_index(op.f("ix_message_at"), "message", ["at"], unique=False)
    op.create_index(op.f("ix_message_workspace_id_record_id"), "message", ["workspace_id", "record_id"], unique=False)
    op.create_table(
        "people_group",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded_name", sa.Text(), nullable=False),
        sa.Column("folded_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_people_group")),
    )
    op.create_table(
        "person",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("avatar_url", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("department", sa.Text(), nullable=True),
        sa.Column("guest", sa.Boolean(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=True),
        sa.Column("time_zone", sa.Text(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("folded_name", sa.Text(), nullable=False),
        sa.Column("folded_id", sa.Text(), nullable=False),
        sa.Column("folded_email", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_person")),
    )
    op.create_table(
        "preferences",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("chosen", sa.Text(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "person_id", name=op.f("pk_preferences")),
    )
    op.create_table(
        "record",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("fields", sa.Text(), nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.Column("labels", sa.Text(), nullable=True),
        sa.Column("access", sa.Text(), nullable=True),
        sa.Column("archived_at", sa.BigInteger(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_record")),
    )
    op.create_index(op.f("ix_record_workspace_id_name"), "record", ["workspace_id", "name"], unique=True)
    op.create_index(
        op.f("ix_record_workspace_id_parent"),
        "record",
        ["workspace_id", "parent"],
        unique=False,
        postgresql_where=sa.text("parent IS NOT NULL"),
        sqlite_where=sa.text("parent IS NOT NULL"),
    )
    op.create_table(
        "record_merge",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("merged_id", sa.Text(), nullable=False),
        sa.Column("into_id", sa.Text(), nullable=False),
        sa.Column("into_seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "merged_id", name=op.f("pk_record_merge")),
    )
    op.create_index(op.f("ix_record_merge_workspace_id_into_id"), "record_merge", ["workspace_id", "into_id"], unique=False)
    op.create_table(
        "template",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("record_type", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("goal", sa.Text(), nullable=True),
        sa.Column("sponsor_role", sa.Text(), nullable=True),
        sa.Column("due_in_days", sa.BigInteger(), nullable=True),
        sa.Column("people", sa.Text(), nullable=True),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("labels", sa.Text(), nullable=True),
        sa.Column("visibility", sa.Text(), nullable=True),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "record_type", "name", name=op.f("pk_template")),
    )
    op.create_table(
        "access_request",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("thread_id", sa.Text(), nullable=True),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "record_id"], ["record.workspace_id", "record.id"], name=op.f("fk_access_request_record")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_access_request")),
    )
    op.create_index(op.f("ix_access_request_id"), "access_request", ["id"], unique=True)
    op.create_index(
        op.f("ix_access_request_workspace_id_asked_at"),
        "access_request",
        ["workspace_id", "asked_at"],
        unique=False,
        postgresql_where=sa.text("closed_at IS NULL"),
        sqlite_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        op.f("ix_access_request_workspace_id_asked_by_asked_at"),
        "access_request",
        ["workspace_id", "asked_by", "asked_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_access_request_workspace_id_person_id"),
        "access_request",
        ["workspace_id", "person_id"],
        unique=False,
        postgresql_where=sa.text("closed_at IS NULL"),
        sqlite_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        op.f("ix_access_request_workspace_id_record_id_person_id"),
        "access_request",
        ["workspace_id", "record_id", "person_id"],
        unique=False,
    )
    op.create_table(
        "entry",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=True),
        sa.Column("thread_id", sa.Text(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("caller", sa.Text(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=True),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["log_head.workspace_id"], name=op.f("fk_entry_log_head")),
        sa.PrimaryKeyConstraint("workspace_id", "position", name=op.f("pk_entry")),
    )
    op.create_index(
        op.f("ix_entry_workspace_id_position"),
        "entry",
        ["workspace_id", "position"],
        unique=False,
        postgresql_where=sa.text("type = 'record.erased'"),
        sqlite_where=sa.text("type = 'record.erased'"),
    )
    op.create_index(
        op.f("ix_entry_workspace_id_record_id_position"), "entry", ["workspace_id", "record_id", "position"], unique=False
    )
    op.create_index(
        op.f("ix_entry_workspace_id_thread_id_position"), "entry", ["workspace_id", "thread_id", "position"], unique=False
    )
    op.create_table(
        "inbox_read",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["log_head.workspace_id"], name=op.f("fk_inbox_read_log_head")),
        sa.PrimaryKeyConstraint("workspace_id", "person_id", name=op.f("pk_inbox_read")),
    )
    op.create_table(
        "parked_entry",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("inside", sa.Text(), nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("retry_at", sa.BigInteger(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["log_head.workspace_id"], name=op.f("fk_parked_entry_log_head")),
        sa.PrimaryKeyConstraint("workspace_id", "reader", "position", name=op.f("pk_parked_entry")),
    )
    op.create_index(op.f("ix_parked_entry_reader_retry_at"), "parked_entry", ["reader", "retry_at"], unique=False)
    op.create_table(
        "reader_cursor",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("inside", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["log_head.workspace_id"], name=op.f("fk_reader_cursor_log_head")),
        sa.PrimaryKeyConstraint("workspace_id", "reader", name=op.f("pk_reader_cursor")),
    )
    op.create_table(
        "record_name",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("merged", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "record_id"], ["record.workspace_id", "record.id"], name=op.f("fk_record_name_record")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "name", name=op.f("pk_record_name")),
    )
    op.create_index(op.f("ix_record_name_workspace_id_record_id"), "record_name", ["workspace_id", "record_id"], unique=False)
    op.create_table(
        "record_watch",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "record_id"], ["record.workspace_id", "record.id"], name=op.f("fk_record_watch_record")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "record_id", "person_id", name=op.f("pk_record_watch")),
    )
    op.create_index(op.f("ix_record_watch_workspace_id_person_id"), "record_watch", ["workspace_id", "person_id"], unique=False)
    op.create_table(
        "said_words",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("said_id", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("thread_id", sa.Text(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "record_id"], ["record.workspace_id", "record.id"], name=op.f("fk_said_words_record")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_said_words")),
        sa.UniqueConstraint("workspace_id", "said_id", name="uq_said_words"),
    )
    op.create_index(op.f("ix_said_words_workspace_id_record_id"), "said_words", ["workspace_id", "record_id"], unique=False)
    op.create_index(op.f("ix_said_words_workspace_id_thread_id"), "said_words", ["workspace_id", "thread_id"], unique=False)
    op.create_table(
        "thread",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("visibility", sa.Text(), nullable=False),
        sa.Column("members", sa.Text(), nullable=True),
        sa.Column("goal", sa.Text(), nullable=True),
        sa.Column("sponsor", sa.Text(), nullable=True),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("template", sa.Text(), nullable=True),
        sa.Column("labels", sa.Text(), nullable=True),
        sa.Column("metadata", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("value_then", sa.Text(), nullable=True),
        sa.Column("opened_by", sa.Text(), nullable=True),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("last_activity_at", sa.BigInteger(), nullable=False),
        sa.Column("comment_count", sa.BigInteger(), nullable=False),
        sa.Column("last_number", sa.BigInteger(), nullable=False),
        sa.Column("question_count", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("answered_count", sa.BigInteger(), nullable=False),
        sa.Column("recorded_count", sa.BigInteger(), nullable=False),
        sa.Column("troubled_count", sa.BigInteger(), nullable=False),
        sa.Column("action_count", sa.BigInteger(), nullable=False),
        sa.Column("done_count", sa.BigInteger(), nullable=False),
        sa.Column("dropped_count", sa.BigInteger(), nullable=False),
        sa.Column("waiting_since", sa.BigInteger(), nullable=True),
        sa.Column("asked_by", sa.Text(), nullable=True),
        sa.Column("opened_on", sa.Text(), nullable=False),
        sa.Column("opened_on_seq", sa.BigInteger(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id", "record_id"], ["record.workspace_id", "record.id"], name=op.f("fk_thread_record")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_thread")),
    )
    op.create_index(op.f("ix_thread_id"), "thread", ["id"], unique=True)
    op.create_index(
        op.f("ix_thread_workspace_id_asked_by_waiting_since_id"),
        "thread",
        ["workspace_id", "asked_by", "waiting_since", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_thread_workspace_id_last_activity_at_id"), "thread", ["workspace_id", "last_activity_at", "id"], unique=False
    )
    op.create_index(op.f("ix_thread_workspace_id_opened_at_id"), "thread", ["workspace_id", "opened_at", "id"], unique=False)
    op.create_index(
        op.f("ix_thread_workspace_id_record_id_opened_at_id"),
        "thread",
        ["workspace_id", "record_id", "opened_at", "id"],
        unique=False,
    )
    op.create_table(
        "workspace",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("access_url", sa.Text(), nullable=True),
        sa.Column("require_outcome", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("access_secret", sa.Text(), nullable=True),
        sa.Column("former_secret", sa.Text(), nullable=True),
        sa.Column("rotated_at", sa.BigInteger(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["log_head.workspace_id"], name=op.f("fk_workspace_log_head")),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_workspace")),
    )
    op.create_table(
        "access_change",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("people", sa.Text(), nullable=True),
        sa.Column("records", sa.Text(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_access_change_workspace")),
        sa.PrimaryKeyConstraint("workspace_id", "epoch", name=op.f("pk_access_change")),
    )
    op.create_table(
        "access_key",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_access_key_workspace")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_access_key")),
    )
    op.create_index(op.f("ix_access_key_hash"), "access_key", ["hash"], unique=True)
    op.create_index(op.f("ix_access_key_id"), "access_key", ["id"], unique=True)
    op.create_table(
        "action",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("thread_id", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("comment_id", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("assignee", sa.Text(), nullable=True),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.Column("done_by", sa.Text(), nullable=True),
        sa.Column("created_by", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id", "thread_id"], ["thread.workspace_id", "thread.id"], name=op.f("fk_action_thread")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_action")),
    )
    op.create_index(op.f("ix_action_id"), "action", ["id"], unique=True)
    op.create_index(
        op.f("ix_action_workspace_id_assignee_state_due_at"),
        "action",
        ["workspace_id", "assignee", "state", "due_at"],
        unique=False,
    )
    op.create_index(op.f("ix_action_workspace_id_thread_id_number"), "action", ["workspace_id", "thread_id", "number"], unique=True)
    op.create_table(
        "comment",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("thread_id", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("nodes", sa.Text(), nullable=False),
        sa.Column("mentions", sa.Text(), nullable=True),
        sa.Column("quote_id", sa.Text(), nullable=True),
        sa.Column("value_then", sa.Text(), nullable=True),
        sa.Column("posted_at", sa.BigInteger(), nullable=False),
        sa.Column("edited_at", sa.BigInteger(), nullable=True),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("posted_as", sa.Text(), nullable=False),
        sa.Column("attachments", sa.Text(), nullable=True),
        sa.Column("answer_id", sa.Text(), nullable=True),
        sa.Column("accepted_by", sa.Text(), nullable=True),
        sa.Column("accepted_at", sa.BigInteger(), nullable=True),
        sa.Column("removed", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "thread_id"], ["thread.workspace_id", "thread.id"], name=op.f("fk_comment_thread")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_comment")),
    )
    op.create_index(op.f("ix_comment_id"), "comment", ["id"], unique=True)
    op.create_index(
        op.f("ix_comment_workspace_id_thread_id_answer_id"),
        "comment",
        ["workspace_id", "thread_id", "answer_id"],
        unique=False,
        postgresql_where=sa.text("answer_id IS NOT NULL"),
        sqlite_where=sa.text("answer_id IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_comment_workspace_id_thread_id_number"), "comment", ["workspace_id", "thread_id", "number"], unique=True
    )
    op.create_table(
        "console_pass",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("token", sa.Text(), nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_console_pass_workspace")),
        sa.PrimaryKeyConstraint("workspace_id", "hash", name=op.f("pk_console_pass")),
    )
    op.create_index(op.f("ix_console_pass_ends_at"), "console_pass", ["ends_at"], unique=False)
    op.create_index(op.f("ix_console_pass_hash"), "console_pass", ["hash"], unique=True)
    op.create_table(
        "endpoint",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("types", sa.Text(), nullable=True),
        sa.Column("records", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("former_secret", sa.Text(), nullable=True),
        sa.Column("rotated_at", sa.BigInteger(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("disabled_at", sa.BigInteger(), nullable=True),
        sa.Column("disabled_because", sa.Text(), nullable=True),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_endpoint_workspace")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_endpoint")),
    )
    op.create_index(op.f("ix_endpoint_id"), "endpoint", ["id"], unique=True)
    op.create_table(
        "held_grant",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("grants", sa.Text(), nullable=True),
        sa.Column("groups", sa.Text(), nullable=True),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_held_grant_workspace")),
        sa.PrimaryKeyConstraint("workspace_id", "person_id", "token", name=op.f("pk_held_grant")),
    )
    op.create_index(op.f("ix_held_grant_workspace_id_until"), "held_grant", ["workspace_id", "until"], unique=False)
    op.create_table(
        "inbox_entry",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("thread_id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "thread_id"], ["thread.workspace_id", "thread.id"], name=op.f("fk_inbox_entry_thread")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "person_id", "thread_id", name=op.f("pk_inbox_entry")),
    )
    op.create_index(
        op.f("ix_inbox_entry_workspace_id_person_id_done_position"),
        "inbox_entry",
        ["workspace_id", "person_id", "done", "position"],
        unique=False,
    )
    op.create_index(
        op.f("ix_inbox_entry_workspace_id_thread_id_person_id"),
        "inbox_entry",
        ["workspace_id", "thread_id", "person_id"],
        unique=False,
    )
    op.create_table(
        "inbox_mark",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("thread_id", sa.Text(), nullable=False),
        sa.Column("read_position", sa.BigInteger(), nullable=False),
        sa.Column("done_position", sa.BigInteger(), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.Column("snoozed_until", sa.BigInteger(), nullable=True),
        sa.Column("woken", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "thread_id"], ["thread.workspace_id", "thread.id"], name=op.f("fk_inbox_mark_thread")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "person_id", "thread_id", name=op.f("pk_inbox_mark")),
    )
    op.create_table(
        "participation",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("thread_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("wrote", sa.Boolean(), nullable=False),
        sa.Column("watching", sa.Text(), nullable=True),
        sa.Column("read_seq", sa.BigInteger(), nullable=False),
        sa.Column("read_number", sa.BigInteger(), nullable=False),
        sa.Column("skipped", sa.BigInteger(), nullable=False),
        sa.Column("since_seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "thread_id"], ["thread.workspace_id", "thread.id"], name=op.f("fk_participation_thread")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "thread_id", "person_id", name=op.f("pk_participation")),
    )
    op.create_index(
        op.f("ix_participation_workspace_id_person_id_thread_id"),
        "participation",
        ["workspace_id", "person_id", "thread_id"],
        unique=False,
    )
    op.create_table(
        "signing_key",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_signing_key_workspace")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_signing_key")),
    )
    op.create_index(op.f("ix_signing_key_id"), "signing_key", ["id"], unique=True)
    op.create_table(
        "text_setter",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("member", sa.Text(), nullable=False),
        sa.Column("thread_id", sa.Text(), nullable=False),
        sa.Column("set_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "thread_id"], ["thread.workspace_id", "thread.id"], name=op.f("fk_text_setter_thread")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "about", "member", name=op.f("pk_text_setter")),
    )
    op.create_index(op.f("ix_text_setter_workspace_id_thread_id"), "text_setter", ["workspace_id", "thread_id"], unique=False)
    op.create_table(
        "attachment",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("width", sa.BigInteger(), nullable=True),
        sa.Column("height", sa.BigInteger(), nullable=True),
        sa.Column("thumbnail", sa.Boolean(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("uploaded_by", sa.Text(), nullable=True),
        sa.Column("uploaded_at", sa.BigInteger(), nullable=False),
        sa.Column("comment_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "comment_id"], ["comment.workspace_id", "comment.id"], name=op.f("fk_attachment_comment")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "record_id"], ["record.workspace_id", "record.id"], name=op.f("fk_attachment_record")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_attachment")),
    )
    op.create_index(op.f("ix_attachment_id"), "attachment", ["id"], unique=True)
    op.create_index(op.f("ix_attachment_workspace_id_record_id"), "attachment", ["workspace_id", "record_id"], unique=False)
    op.create_table(
        "comment_version",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("comment_id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("nodes", sa.Text(), nullable=False),
        sa.Column("replaced_by", sa.Text(), nullable=True),
        sa.Column("replaced_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "comment_id"], ["comment.workspace_id", "comment.id"], name=op.f("fk_comment_version_comment")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "comment_id", "version", name=op.f("pk_comment_version")),
    )
    op.create_table(
        "decision",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("comment_id", sa.Text(), nullable=False),
        sa.Column("thread_id", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.BigInteger(), nullable=True),
        sa.Column("recorded_seq", sa.BigInteger(), nullable=False),
        sa.Column("review_at", sa.BigInteger(), nullable=True),
        sa.Column("replaced_by", sa.Text(), nullable=True),
        sa.Column("problem_count", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "comment_id"], ["comment.workspace_id", "comment.id"], name=op.f("fk_decision_comment")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "comment_id", name=op.f("pk_decision")),
    )
    op.create_index(op.f("ix_decision_workspace_id_thread_id"), "decision", ["workspace_id", "thread_id"], unique=False)
    op.create_table(
        "delivery",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("endpoint_id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("tried", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("delivered_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "endpoint_id"], ["endpoint.workspace_id", "endpoint.id"], name=op.f("fk_delivery_endpoint")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_delivery")),
    )
    op.create_index(op.f("ix_delivery_created_at"), "delivery", ["created_at"], unique=False)
    op.create_index(op.f("ix_delivery_id"), "delivery", ["id"], unique=True)
    op.create_index(
        op.f("ix_delivery_workspace_id_endpoint_id_due_at"),
        "delivery",
        ["workspace_id", "endpoint_id", "due_at"],
        unique=False,
        postgresql_where=sa.text("due_at IS NOT NULL"),
        sqlite_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_delivery_workspace_id_endpoint_id_position"), "delivery", ["workspace_id", "endpoint_id", "position"], unique=True
    )
    op.create_index(
        op.f("ix_delivery_workspace_id_endpoint_id_state_position"),
        "delivery",
        ["workspace_id", "endpoint_id", "state", "position"],
        unique=False,
        postgresql_where=sa.text("state <> 'delivered'"),
        sqlite_where=sa.text("state <> 'delivered'"),
    )
    op.create_table(
        "endpoint_turn",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("endpoint_id", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("taken_until", sa.BigInteger(), nullable=False),
        sa.Column("held_until", sa.BigInteger(), nullable=False),
        sa.Column("failing_since", sa.BigInteger(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "endpoint_id"], ["endpoint.workspace_id", "endpoint.id"], name=op.f("fk_endpoint_turn_endpoint")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "endpoint_id", name=op.f("pk_endpoint_turn")),
    )
    op.create_table(
        "mention",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("comment_id", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("thread_id", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "comment_id"], ["comment.workspace_id", "comment.id"], name=op.f("fk_mention_comment")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "comment_id", "target", name=op.f("pk_mention")),
    )
    op.create_index(
        op.f("ix_mention_workspace_id_target_thread_id_number"),
        "mention",
        ["workspace_id", "target", "thread_id", "number"],
        unique=False,
    )
    op.create_index(op.f("ix_mention_workspace_id_thread_id"), "mention", ["workspace_id", "thread_id"], unique=False)
    op.create_table(
        "reaction",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("comment_id", sa.Text(), nullable=False),
        sa.Column("emoji", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "comment_id"], ["comment.workspace_id", "comment.id"], name=op.f("fk_reaction_comment")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "comment_id", "emoji", "person_id", name=op.f("pk_reaction")),
    )
    op.create_table(
        "replay",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("endpoint_id", sa.Text(), nullable=False),
        sa.Column("begins", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("ends", sa.BigInteger(), nullable=False),
        sa.Column("begun_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "endpoint_id"], ["endpoint.workspace_id", "endpoint.id"], name=op.f("fk_replay_endpoint")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "endpoint_id", name=op.f("pk_replay")),
    )
    op.create_table(
        "seen",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("comment_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "comment_id"], ["comment.workspace_id", "comment.id"], name=op.f("fk_seen_comment")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "comment_id", "person_id", name=op.f("pk_seen")),
    )
    op.create_table(
        "vote",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("comment_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("vote", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "comment_id"], ["comment.workspace_id", "comment.id"], name=op.f("fk_vote_comment")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "comment_id", "person_id", name=op.f("pk_vote")),
    )
    op.create_table(
        "attempt",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("delivery_id", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("duration", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.BigInteger(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("record_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "delivery_id"], ["delivery.workspace_id", "delivery.id"], name=op.f("fk_attempt_delivery")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "delivery_id", "number", name=op.f("pk_attempt")),
    )
    op.create_index(op.f("ix_attempt_at"), "attempt", ["at"], unique=False)
    op.create_index(op.f("ix_attempt_workspace_id_record_id"), "attempt", ["workspace_id", "record_id"], unique=False)
    index_words("said_words", "words")
