"""What erasing a person has to know of a log whose beginning is gone."""

from ..rows import Foreign, Index, Row, table


@table("text_setter", key=("workspace_id", "about", "member"), foreign=[
    Foreign(("workspace_id", "thread_id"), "thread"),
], indexes=[Index(("workspace_id", "thread_id"))])  # fmt: skip
class TextSetter(Row):
    """Who set a member of a thread or action last (`about` is its id), by entries that were pruned."""

    workspace_id: str
    about: str
    member: str
    thread_id: str
    set_by: str | None
