"""Lay out a home folder of OpenSearch from the artifacts of Maven Central: `lib/` and four modules, no plugins.

The folder is kept in the cache of the user and shared by all test sessions; its name has the version and a digest of
the recipe. Needs Maven, and Java 17 to 23: OpenSearch 2 needs the security manager, which Java 24 removed.
"""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import platformdirs

VERSION = "2.19.6"
_LOG4J = "2.25.4"
_JAVA = range(17, 24)
_CACHE = platformdirs.user_cache_path("shanxi-tests")
ENVIRONMENT = dict(os.environ)  # tests hide the home folder, in which Maven keeps its settings and artifacts


class Module(NamedTuple):
    """A module of OpenSearch, its artifact of the group org.opensearch.plugin, and what its descriptor declares."""

    name: str
    artifact: str
    class_name: str
    permissions: tuple[str, ...] = ()
    extends: str = ""


_RUNTIME = "java.lang.RuntimePermission"
MODULES = (
    Module(
        "transport-netty4",
        "transport-netty4-client",
        "org.opensearch.transport.Netty4Plugin",
        (
            'java.io.FilePermission "/proc/sys/net/core/somaxconn", "read"',
            'java.net.SocketPermission "*", "accept,connect"',
            f'{_RUNTIME} "setContextClassLoader"',
            f'{_RUNTIME} "getClassLoader"',
            'java.util.PropertyPermission "sun.nio.ch.bugLevel", "write"',
        ),
    ),
    Module(
        "lang-painless",
        "lang-painless",
        "org.opensearch.painless.PainlessPlugin",
        (f'{_RUNTIME} "createClassLoader"', f'{_RUNTIME} "getClassLoader"'),
    ),
    Module(
        "analysis-common",
        "analysis-common",
        "org.opensearch.analysis.common.CommonAnalysisPlugin",
        extends="lang-painless",
    ),
    Module("mapper-extras", "mapper-extras-client", "org.opensearch.index.mapper.MapperExtrasPlugin"),
    Module(
        "reindex",
        "reindex-client",
        "org.opensearch.index.reindex.ReindexPlugin",
        ('java.net.SocketPermission "*", "connect"',),
    ),
)
_LIBRARIES = (
    ("org.opensearch", "opensearch", VERSION),
    ("org.opensearch", "opensearch-plugin-classloader", VERSION),
    (
        "org.apache.logging.log4j",
        "log4j-core",
        _LOG4J,
    ),  # optional in the POM, and needed
)
_FOLDERS = ("bin", "plugins", "extensions")  # empty; it does not start without


def missing_programs() -> str:
    """Return why no cluster can be started here, or an empty text."""
    absent = [name for name in ("java", "mvn") if not shutil.which(name, path=ENVIRONMENT.get("PATH"))]
    if absent:
        return f"a cluster needs Java and Maven, and there is no {' and no '.join(absent)}"
    version = java_version()
    return "" if version in _JAVA else f"a cluster needs Java {_JAVA[0]} to {_JAVA[-1]}, and this is Java {version}"


def java_version() -> int:
    """Return the feature number of the Java on the path, 0 if it names none."""
    java = shutil.which("java", path=ENVIRONMENT.get("PATH"))
    shown = subprocess.run([java or "java", "-version"], capture_output=True, text=True, env=ENVIRONMENT).stderr
    match = re.search(r'version "(\d+)', shown)
    return int(match[1]) if match else 0


def home_folder(cache: Path = _CACHE) -> Path:
    """Return the home folder in the cache, made if it is not there; other sessions that need it wait."""
    recipe = hashlib.sha256(repr((MODULES, _LIBRARIES, _FOLDERS)).encode()).hexdigest()[:12]
    home = cache / f"opensearch-{VERSION}-{recipe}"
    if not home.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        with _locked(cache / "lock"):
            if not home.is_dir():
                _lay_out_beside(home)
    return home


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _lay_out_beside(home: Path) -> None:
    """Make `home` in a folder beside it and rename it when it is complete."""
    with tempfile.TemporaryDirectory(dir=home.parent, prefix="new-") as made:
        work = Path(made)
        artifacts = _copied_artifacts(work)
        new = work / "home"
        for folder in _FOLDERS:
            (new / folder).mkdir(parents=True)
        artifacts["lib"].rename(new / "lib")
        for module in MODULES:
            artifacts[module.name].rename(new / module.name)
        _arrange_modules(new)
        new.rename(home)


def _copied_artifacts(work: Path) -> dict[str, Path]:
    """Let Maven copy the libraries and those of each module, with their dependencies, into a folder each."""
    projects = {"lib": _LIBRARIES, **{m.name: (("org.opensearch.plugin", m.artifact, VERSION),) for m in MODULES}}
    listed = "".join(f"<module>{name}</module>" for name in projects)
    (work / "pom.xml").write_text(_project("all", f"<packaging>pom</packaging><modules>{listed}</modules>"))
    for name, artifacts in projects.items():
        (work / name).mkdir()
        needed = "".join(_dependency(*artifact) for artifact in artifacts)
        content = f"<packaging>pom</packaging><dependencies>{needed}</dependencies>"
        (work / name / "pom.xml").write_text(_project(name, content))
    goal = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
    maven = shutil.which("mvn", path=ENVIRONMENT.get("PATH")) or "mvn"
    command = [maven, "-q", "-B", "-f", str(work / "pom.xml"), goal, "-DincludeScope=runtime", "-DoutputDirectory=jars"]
    run = subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT)
    if run.returncode:
        raise RuntimeError(f"Maven could not bring OpenSearch {VERSION}:\n{run.stdout[-2000:]}{run.stderr[-2000:]}")
    return {name: work / name / "jars" for name in projects}


def _project(name: str, content: str) -> str:
    return (
        '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>shanxi.tests'
        f"</groupId><artifactId>{name}</artifactId><version>1</version>{content}</project>"
    )


def _dependency(group: str, artifact: str, version: str) -> str:
    inner = f"<groupId>{group}</groupId><artifactId>{artifact}</artifactId><version>{version}</version>"
    return f"<dependency>{inner}</dependency>"


def _arrange_modules(home: Path) -> None:
    """Move each module to `modules/`, without the jars of `lib/` and of the module that it extends."""
    shared = {path.name for path in (home / "lib").iterdir()}
    jars = {module.name: {path.name for path in (home / module.name).iterdir()} for module in MODULES}
    (home / "modules").mkdir()
    for module in MODULES:
        folder = (home / module.name).rename(home / "modules" / module.name)
        for name in jars[module.name] & (shared | jars.get(module.extends, set())):
            (folder / name).unlink()
        (folder / "plugin-descriptor.properties").write_text(_descriptor(module))
        if module.permissions:
            lines = "".join(f"  permission {permission};\n" for permission in module.permissions)
            (folder / "plugin-security.policy").write_text(f"grant {{\n{lines}}};\n")


def _descriptor(module: Module) -> str:
    values = {
        "name": module.name,
        "description": module.name,
        "version": VERSION,
        "opensearch.version": VERSION,
        "java.version": "11",
        "classname": module.class_name,
    }
    if module.extends:
        values["extended.plugins"] = module.extends
    return "".join(f"{key}={value}\n" for key, value in values.items())
