"""Processes that are measured: their ports, and what the system says that they cost."""

import os
import socket
import time
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 120.0
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A process that answers at a port."""

    port: int
    pid: int

    def cpu(self):
        """Return the CPU seconds that the process has had, and those it began."""
        return sum(map(cpu_of, [self.pid, *begun_by(self.pid)]))

    def database_cpu(self):
        """Return the CPU seconds that a database server has had for it."""
        return 0.0

    def memory(self):
        """Return its resident memory, in bytes."""
        return memory_of(self.pid)


def wait_for(port, question, answer):
    """Ask until the answer begins so."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
                connection.sendall(question)
                if connection.recv(64).startswith(answer):
                    return
        except OSError:
            time.sleep(0.005)
    raise TimeoutError(f"port {port} does not answer")


def free_port():
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def begun_by(pid):
    """Return the ids of the processes that a process began and that are there."""
    return [int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]


def cpu_of(pid):
    """Return the CPU seconds that a process has had; 0 when it is gone or on another machine."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory_of(pid):
    """Return the resident memory of a process, in bytes."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def files_of(pid):
    """Return how many files and sockets a process has open."""
    return sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())


def written_by(pid):
    """Return how many bytes a process has had written to a disk."""
    said = dict(line.split(": ") for line in Path(f"/proc/{pid}/io").read_text().splitlines())
    return int(said["write_bytes"])
