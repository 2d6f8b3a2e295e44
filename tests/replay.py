"""What a page does with what it is told: a reading, then frames. The same rules as the widget's `conversation.ts`, in few lines.

Law: a reading and the frames after its cursor make the later reading (`tests/laws/test_replay.py`). What is a person's own
and follows from more than the thread is not told by frames: how much they hear of a thread unless they chose it there
(mentions, actions and watches on records draw one in), and what they read elsewhere.
"""

import json
import re

LAST, CHANGES = 20, 50
"""So many comments and changes of the value a reading has of each thread: the last ones."""
FIRST = 2
"""The event of a thread that posts its first comment."""


def take(now, step):
    """Return the conversation after a step: `{"reading": …}`, `{"frame": …}`, or `{"read": {thread_id, seq}}`."""
    if "reading" in step:
        return step["reading"]
    return advance(now, step["frame"]) if "frame" in step else read(now, **step["read"])


def advance(now, frame):
    """Return the conversation after a frame; one that is told twice changes nothing."""
    if frame["type"].startswith("record."):
        return with_record(now, frame)
    known = next((thread for thread in now["threads"] if thread["id"] == frame["thread_id"]), None)
    if frame["seq"] <= known["seq"] if known else frame["type"] != "thread.opened":
        return now
    if frame["data"]["thread"] is None:
        return {**now, "threads": [thread for thread in now["threads"] if thread is not known]}
    fresh = {"viewer": {"unread": 0, "watching": "mentions", "read_seq": 0}}
    fresh |= {"comments": [], "highlights": [], "actions": [], "changes": []}
    thread = with_frame(known or fresh, frame, now["viewer"])
    others = [each for each in now["threads"] if each is not known]
    return {
        **now,
        "threads": sorted([thread, *others], key=lambda each: (each["opened_at"], each["id"]), reverse=True),
        "people": {**now["people"], **frame["data"]["people"]},
    }


def with_frame(before, frame, viewer):
    """Return a thread after a frame about it."""
    data, new = frame["data"], frame["type"] in ("thread.opened", "comment.posted")
    comments = with_one(with_one(before["comments"], data.get("comment"), add=new), data.get("answer"), add=False)
    there = {comment["id"] for comment in comments}
    highlights = before["highlights"]
    for older in (data[name] for name in ("comment", "answer") if data.get(name) and data[name]["id"] not in there):
        highlights = with_one(highlights, older, add=True)
    return {
        **data["thread"],
        "seq": frame["seq"],
        "comments": comments,
        "highlights": sorted(highlights, key=lambda comment: comment["seq"]),
        "actions": with_one(before["actions"], data.get("action"), add=True),
        "changes": before["changes"],
        "viewer": {**viewer_after(before["viewer"], frame, viewer["person_id"]), "can": can(data["thread"], viewer)},
    }


def with_record(now, frame):
    """Return the conversation after a frame about its record: the values that it shows changed."""
    record = frame["data"]["record"]
    if record is None or record["version"] < now["record"]["version"]:
        return now
    by = frame["actor"] and frame["actor"]["id"]
    threads = []
    for thread in now["threads"]:
        value = record["fields"].get(thread["field"]) if thread["field"] else None
        change = frame["data"].get("changes", {}).get(thread["field"])
        line = change and {"at": frame["timestamp"], "by": by, **change}
        lines = [*thread["changes"], line] if line and line not in thread["changes"] else thread["changes"]
        threads.append({**thread, "record": record["record"], "value_now": value, "changes": lines[-CHANGES:]})
    return {**now, "record": record, "threads": threads}


def read(now, thread_id, seq):
    """Return the conversation after its viewer has read a thread up to `seq`, of whose later comments the page knows all."""
    threads = [read_up_to(each, seq, now["viewer"]["person_id"]) if each["id"] == thread_id else each for each in now["threads"]]
    return {**now, "threads": threads}


def read_up_to(thread, seq, me):
    """Return a thread of which somebody has read so much; nobody forgets what they read before."""
    if seq < thread["viewer"]["read_seq"]:
        return thread
    waits = [one for one in thread["comments"] if one["seq"] > seq and one["author"] != me and not one["withdrawn_at"]]
    return {**thread, "viewer": {**thread["viewer"], "read_seq": seq, "unread": len(waits)}}


def with_one(rows, row, *, add):
    """Return comments or actions with one as it is now; a new one comes last."""
    if row is None:
        return rows
    if any(each["id"] == row["id"] for each in rows):
        return [row if each["id"] == row["id"] and row["version"] >= each["version"] else each for each in rows]
    return [*rows, row] if add else rows


def viewer_after(viewer, frame, me):
    """Return what a thread is to its viewer: what waits for them grows, and shrinks when somebody takes it back."""
    comment = frame["data"].get("comment")
    if frame["type"] == "watch.changed" and frame["data"]["person_id"] == me:
        return {**viewer, "watching": frame["data"]["level"]}
    if comment is None or me is None or frame["type"] not in COUNTS:
        return viewer
    if comment["author"] == me:
        caught_up = frame["type"] == "comment.posted" and viewer["unread"] == 0
        return {**viewer, "read_seq": comment["seq"]} if caught_up else viewer
    waits = comment["seq"] > viewer["read_seq"] and not frame["data"].get("again")
    return {**viewer, "unread": viewer["unread"] + COUNTS[frame["type"]] * waits}


COUNTS = {"comment.posted": 1, "comment.restored": 1, "comment.withdrawn": -1}


def can(thread, viewer):
    """Return what a viewer may do with a thread as it stands, from what they may do with its record."""
    acts, mine = (
        [act for act in viewer["can"] if act != "internal"],
        viewer["person_id"] in (thread["opened_by"], thread["sponsor"]),
    )
    narrow = ["narrow"] if "widen" in acts or ("comment" in acts and viewer["person_id"] and mine) else []
    if thread["status"] == "open":
        return [*acts, *(("change", "resolve", "archive") if "comment" in acts else ()), *narrow]
    return [act for act in acts if act != "comment"] + (["reopen"] if "comment" in acts else []) + narrow


def compared(conversation, *, chosen, people):
    """Return what two conversations must have in common: all but what only one of them can know.

    `chosen` names the threads where the viewer chose how much to hear; `people` those whose card there must be.
    """
    record = {name: value for name, value in conversation["record"].items() if name != "id"}  # whose first id no frame tells
    threads = [shown(thread, watching=thread["id"] in chosen) for thread in conversation["threads"]]
    cards = sorted(set(people) & set(conversation["people"]))
    return {"record": record, "threads": threads, "viewer": conversation["viewer"], "people": cards}


def shown(thread, *, watching):
    """Return a thread as both have it; with what its viewer hears of it, if they chose that."""
    viewer = {name: value for name, value in thread["viewer"].items() if watching or name != "watching"}
    last, before = thread["comments"][-LAST:], highlights(thread)
    return {**thread, "viewer": viewer, "comments": [*map(without_html, last)], "highlights": [*map(without_html, before)]}


def highlights(thread):
    """Return what stays in sight of the comments before the last ones, as far as a page can know."""
    known = [*thread["highlights"], *thread["comments"]]
    answers = {comment.get("answer_id") for comment in known if not comment["withdrawn_at"]} - {None}
    recorded = {comment["id"] for comment in known if (comment.get("decision") or {}).get("state") == "recorded"}
    kept = {comment["id"] for comment in known if comment.get("answer_id")} | answers | recorded
    earlier = [*thread["highlights"], *thread["comments"][:-LAST]]
    return [one for one in earlier if one["seq"] == FIRST or (one["id"] in kept and not one["withdrawn_at"])]


def differences(one, other, above=""):
    """Yield where two values differ, as `path: this is not that`."""
    if isinstance(one, dict) and isinstance(other, dict):
        for name in sorted({*one, *other}):
            yield from differences(one.get(name, "missing"), other.get(name, "missing"), f"{above}.{name}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for place, (this, that) in enumerate(zip(one, other, strict=True)):
            yield from differences(this, that, f"{above}[{place}]")
    elif one != other:
        yield f"{above}: {one} is not {other}"


def without_html(comment):
    """Return a comment as a page has it that asked for nodes."""
    return {name: value for name, value in comment.items() if name != "html"}


def canonical(recorded):
    """Return a recording with ids and times that are the same in each recording of the same history, in the same order."""
    text = re.sub(r'"cursor": "[^"]+"', '"cursor": "…"', json.dumps(recorded, ensure_ascii=False))
    ids = sorted(set(re.findall(r"\b[a-z]{3}_[0-9a-hjkmnp-tv-z]{26}\b", text)), key=lambda one: one[4:])
    times = sorted(set(re.findall(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", text)))
    names = {one: f"{one[:4]}{number:026}" for number, one in enumerate(ids)}
    names |= {
        one: f"2026-11-24T{9 + number // 3600:02}:{number // 60 % 60:02}:{number % 60:02}.000Z" for number, one in enumerate(times)
    }
    whole = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))) or "$^")
    return json.loads(whole.sub(lambda found: names[found[0]], text))


def keep(file, recorded):
    """Write a recording, a step a line, as a page has it: without the HTML that it does not use."""
    steps = [json.dumps(_slim(step), ensure_ascii=False, sort_keys=True) for step in recorded["steps"]]
    rest = {name: value for name, value in recorded.items() if name != "steps"}
    head = json.dumps(_slim(rest), ensure_ascii=False, sort_keys=True)[:-1]
    file.parent.mkdir(exist_ok=True)
    file.write_text(head + ', "steps": [\n' + ",\n".join(steps) + "\n]}\n", encoding="utf-8")


def shapes(recorded):
    """Return by type of event which members its frames have, as paths."""
    found = {}
    for frame in (step["frame"] for step in recorded["steps"] if "frame" in step):
        found.setdefault(frame["type"], set()).update(_paths(_slim(frame), ""))
    return {kind: dict.fromkeys(paths, True) for kind, paths in found.items()}


def _slim(value):
    if isinstance(value, dict):
        return {name: _slim(inner) for name, inner in value.items() if name != "html"}
    return [_slim(inner) for inner in value] if isinstance(value, list) else value


def _paths(value, above):
    if isinstance(value, dict):
        for name, inner in value.items():
            known = "*" if above.endswith((".people", ".fields", ".changes", ".metadata")) else name
            yield f"{above}.{known}"
            yield from _paths(inner, f"{above}.{known}")
    if isinstance(value, list) and not above.endswith(".nodes"):
        for inner in value:
            yield from _paths(inner, f"{above}[]")
