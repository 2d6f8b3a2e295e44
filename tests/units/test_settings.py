"""Every knob is shown, with what it says of itself and its default; one that is set wrongly is named in one plain line."""

import inspect
import typing

import pytest
from typer.testing import CliRunner

from apropos_service import cli
from apropos_service.settings import Settings

KNOBS = Settings.model_fields


def flags(command):
    """Return the flags of a command: name to `(default, option)`."""
    hints = typing.get_type_hints(command, include_extras=True)
    return {
        name: (each.default, next(iter(getattr(hints[name], "__metadata__", ())), None))
        for name, each in inspect.signature(command).parameters.items()
    }


def test_serve_has_a_flag_for_every_setting():
    assert set(flags(cli.serve)) == set(KNOBS)


@pytest.mark.parametrize("command", [cli.serve, cli.work], ids=lambda one: one.__name__)
def test_a_flag_is_what_the_setting_says(command):
    for name, (default, option) in flags(command).items():
        assert default == KNOBS[name].default, name
        assert (option.help, option.envvar) == (KNOBS[name].description, f"APROPOS_{name.upper()}"), name
        assert KNOBS[name].description, name


@pytest.mark.parametrize(
    ("flag", "value", "says"),
    [
        ("--secret-key", "changeme", "at least 32 characters"), ("--secret-key", "change" * 8, "different ones"),
        ("--port", "99999", "port"), ("--port", "0", "port"), ("--log-level", "loud", "log_level"),
        ("--bus-url", "ftp://x", "bus_url"),
        ("--database-url", "mysql://x", "database_url"), ("--webhook-allow", "10.0.0.0/99", "webhook_allow"),
        ("--files-url", "nonsense://x", "FILES_URL"), ("--rate-limit", "0", "rate_limit"), ("--stop-delay", "-1", "stop_delay"),
        ("--workers", "0", "workers"), ("--log-days", "29", "log_days"), ("--workers", "2", "postgresql://"),
        ("--database-url", "postgresql://postgres@127.0.0.1:1/x", "Check --database-url"),
    ],
)  # fmt: skip
def test_serve_names_a_setting_that_is_wrong(tmp_path, flag, value, says):
    done = CliRunner().invoke(cli.main, ["serve", "--data-dir", str(tmp_path), flag, value])

    assert (done.exit_code, done.stdout) == (2, ""), done.output
    assert done.stderr.startswith("apropos: ")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


def test_several_workers_are_not_served_over_a_bus_of_one_process(tmp_path):
    where = ["--data-dir", str(tmp_path), "--database-url", "postgresql://postgres@127.0.0.1:1/x"]

    done = CliRunner().invoke(cli.main, ["serve", *where, "--workers", "2", "--bus-url", "memory://"])

    assert done.exit_code == 2
    assert "Leave --bus-url empty" in done.stderr
