"""What a file is called: a name of any script, without a path and without what could disguise it. Pure.

Law: what a double click would run is refused by its name, whatever is in it.
"""

import re
from typing import Final

from ..errors import Problem

LONGEST: Final = 200
"""The most characters of a name."""

# Controls; and the marks that turn the direction of what follows, so that "exe.txt" would read as "txt.exe".
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]")
_RUNS: Final = frozenset({
    "ade", "adp", "apk", "app", "appimage", "application", "appx", "appxbundle", "bat", "chm", "cmd", "com", "command", "cpl",
    "crx", "csh", "deb", "diagcab", "dll", "dmg", "exe", "gadget", "hlp", "hta", "htm", "html", "inf", "ins", "iso", "isp", "jar",
    "jnlp", "js", "jse", "ksh", "lib", "lnk", "mde", "mht", "mhtml", "mjs", "msc", "msh", "msi", "msix", "msixbundle", "msp",
    "mst", "nsh", "ocx", "osx", "pif", "pkg", "prg", "ps1", "ps1xml", "psc1", "psd1", "psm1", "reg", "rpm", "run", "scf", "scr",
    "sct", "search-ms", "settingcontent-ms", "sh", "shb", "shs", "shtml", "swf", "sys", "url", "vb", "vbe", "vbs", "vhd", "vhdx",
    "vxd", "webloc", "workflow", "ws", "wsc", "wsf", "wsh", "xbap", "xht", "xhtml", "xll", "xpi",
})  # fmt: skip


class FileBlocked(Problem):
    """Files of this kind cannot be attached."""

    status = 422


def cleaned(name: str) -> str:
    """Return the last part of a path without unseen characters, at most 200 characters with its ending; `file` for nothing."""
    name = _UNSEEN.sub("", re.split(r"[/\\]", name)[-1]).strip().rstrip(". ")
    stem, dot, ending = name.rpartition(".")
    if len(name) > LONGEST:
        name = stem[: LONGEST - len(ending) - 1] + dot + ending if stem and len(ending) < LONGEST // 2 else name[:LONGEST]
    return name or "file"


def ending(name: str) -> str:
    """Return what stands after the last dot, in lower case; empty when there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def must_not_run(name: str) -> None:
    """Raise `FileBlocked` for a name that a double click would run."""
    if ending(name) in _RUNS:
        raise blocked(f".{ending(name)} files cannot be attached.")


def blocked(message: str) -> FileBlocked:
    """Return the refusal of a file; `message` says it to people."""
    return FileBlocked(message, errors=[{"path": "file", "message": message}])
