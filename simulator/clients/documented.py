"""Runs the Python example of docs/simulator.md as it stands there; `initload` must be on the path."""

import json
import pathlib
import re
import subprocess

import requests

PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "simulator.md"

example = re.search(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL).group(1)
names = {"json": json, "requests": requests, "subprocess": subprocess}
try:
    exec(compile(example, str(PAGE), "exec"), names)  # noqa: S102
    assert names["process"].wait(timeout=60) in (0, 143), "the simulator ended badly"
finally:
    if "process" in names:
        names["process"].kill()
print("documented: the Python example runs")
