"""Put the built widget into the wheel, so that whoever installs the service needs no Node.

Law: a wheel without the widget is never built.
"""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WidgetInWheel(BuildHookInterface[Any]):
    """Hatchling calls this before it writes a wheel or an sdist."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add `widget/dist` as `apropos_service/widget/`. An editable install (`version`) reads it where it is made."""
        if version == "editable":
            return
        dist = Path(self.root, "widget", "dist")
        if not (dist / "apropos.js").is_file():
            message = f"{dist}/apropos.js is not built yet: run `make setup` first."
            raise FileNotFoundError(message)
        if self.target_name == "wheel":
            build_data["force_include"][str(dist)] = "apropos_service/widget"
