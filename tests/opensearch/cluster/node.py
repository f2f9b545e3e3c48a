"""One node of a cluster: its files, its process, and what tests do to it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tests.opensearch.cluster import watch

_LOGGING = """\
status = error
appender.file.type = File
appender.file.name = file
appender.file.fileName = ${sys:opensearch.logs.base_path}/node.log
appender.file.layout.type = PatternLayout
appender.file.layout.pattern = [%d{ISO8601}][%p][%c{1.}] %m%n
rootLogger.level = info
rootLogger.appenderRef.file.ref = file
"""
_OPTIONS = """
-Xms256m -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dlog4j2.disable.jmx=true
-Dlog4j.shutdownHookEnabled=false -Dfile.encoding=UTF-8 -Djava.security.manager=allow
-Djava.locale.providers=SPI,COMPAT -Dopensearch.distribution.type=tar -Dopensearch.bundled_jdk=false
""".split()
"""Of Java: little memory, and the quick compiler, with which three nodes start in about ten seconds on two cores."""


class Place(NamedTuple):
    """A node's name and its ports on loopback."""

    name: str
    http: int
    transport: int


class Node:
    """A node of OpenSearch in `shared/NAME`, made from the programs in `shared/home`."""

    def __init__(self, shared: Path, place: Place, peers: Sequence[Place]) -> None:
        self.name = place.name
        self.url = f"http://127.0.0.1:{place.http}"
        self._shared = shared
        self._folder = shared / place.name
        self._watcher: subprocess.Popen[bytes] | None = None
        self.process_id = 0
        self._write_files(_settings(self._folder, place, peers))

    def start(self) -> None:
        """Start the process; it answers some seconds later."""
        assert not self.running
        with (self._folder / "stdout").open("wb") as out:
            self._watcher = subprocess.Popen(
                [sys.executable, watch.__file__, str(self._shared), *self._command()],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=out,
                cwd=self._folder,
                env={"PATH": os.environ.get("PATH", os.defpath), "HOME": str(self._folder / "tmp")},
                start_new_session=True,  # Ctrl-C is for pytest, which stops the nodes when it has finished
            )
        assert self._watcher.stdout
        self.process_id = int(self._watcher.stdout.readline())

    @property
    def running(self) -> bool:
        """Whether the process exists, hung or not."""
        return self._watcher is not None and self._watcher.poll() is None

    def kill(self) -> None:
        """End the process as a power failure would."""
        self._signal(signal.SIGKILL)
        assert self._watcher
        self._watcher.wait()
        self._close()

    def hang(self) -> None:
        """Stop the process: its connections stay open, and it answers nothing."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let a hung process continue."""
        self._signal(signal.SIGCONT)

    def remove(self) -> None:
        """End the process, and remove the folder of the cluster, to which no other node may belong any more."""
        if self._watcher:
            self._close()
            self._watcher.wait()

    def log(self) -> str:
        """Return the end of what the node printed and logged."""
        files = [self._folder / "stdout", self._folder / "logs" / "node.log"]
        return "".join(path.read_text(errors="replace")[-2000:] for path in files if path.exists())

    def _close(self) -> None:
        assert self._watcher and self._watcher.stdin and self._watcher.stdout
        self._watcher.stdin.close()
        self._watcher.stdout.close()

    def _signal(self, number: signal.Signals) -> None:
        assert self.running, f"{self.name} does not run"
        os.kill(self.process_id, number)

    def _command(self) -> list[str]:
        home, temporary = self._shared / "home", self._folder / "tmp"
        paths = {
            "jna.tmpdir": temporary,
            "java.io.tmpdir": temporary,
            "opensearch.path.home": home,
            "opensearch.path.conf": self._folder / "config",
        }
        options = [*_OPTIONS, *(f"-D{name}={path}" for name, path in paths.items())]
        return ["java", *options, "-cp", f"{home / 'lib'}/*", "org.opensearch.bootstrap.OpenSearch"]

    def _write_files(self, settings: dict[str, object]) -> None:
        for name in ("config", "data", "logs", "tmp"):
            (self._folder / name).mkdir(parents=True)
        (self._folder / "config" / "opensearch.yml").write_text(json.dumps(settings))  # JSON is YAML
        (self._folder / "config" / "log4j2.properties").write_text(_LOGGING)
        ids = watch.unprivileged_ids()
        if ids:
            for path in (self._folder, *self._folder.rglob("*")):
                os.chown(path, *ids)


def _settings(folder: Path, place: Place, peers: Sequence[Place]) -> dict[str, object]:
    """Return the settings of a node. Disks are not watched, because those of test machines are often nearly full."""
    return {
        "cluster.name": "shanxi-tests",
        "node.name": place.name,
        "path.data": str(folder / "data"),
        "path.logs": str(folder / "logs"),
        "network.host": "127.0.0.1",
        "http.port": place.http,
        "transport.port": place.transport,
        "discovery.seed_hosts": [f"127.0.0.1:{peer.transport}" for peer in peers],
        "cluster.initial_cluster_manager_nodes": [peer.name for peer in peers],
        "cluster.routing.allocation.disk.threshold_enabled": False,
    }
