"""Description of the machine, without its name and without paths."""

import os
import platform
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path


def machine(peers: Mapping[str, str]) -> list[str]:
    """Describe processors, system, Python, load, and the versions of the measured programs."""
    shown = [f"{name} {of}" for name, of in peers.items() if of]
    missing = [name for name, of in peers.items() if not of]
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    return [
        f"processors  {len(_allowed())} of {_model()}; load {load} when it began",
        f"system      {platform.system()}, {platform.machine()}",
        f"Python      {platform.python_implementation()} {platform.python_version()}",
        f"ours        typer {version('typer')}, PyStemmer {version('PyStemmer')}",
        f"peers       {', '.join(shown) or 'none'}",
        *([f"not installed, not measured: {', '.join(missing)}"] if missing else []),
    ]


def _allowed() -> range:
    number = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return range(number)


def _model() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or "an unknown kind"
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), "an unknown kind")
