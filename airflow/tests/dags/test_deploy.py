"""The files of a deployment: what they name is what the code reads, and systemd understands its units."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

REPOSITORY = Path(__file__).parents[3]
DEPLOY = REPOSITORY / "airflow" / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
COMPONENTS = {"api-server", "scheduler", "dag-processor", "triggerer"}
# What a migration file may name; nothing of ours reads it.
FOR_MIGRATIONS = {"INITLOAD_STAGING"}


def settings(name):
    lines = (DEPLOY / name).read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def read_by_the_code():
    code = [*(REPOSITORY / "airflow/src").rglob("*.py"), *(REPOSITORY / "bin").iterdir()]
    code += (REPOSITORY / "engine/src/main/java").rglob("*.java")
    return set(re.findall(r"INITLOAD_[A-Z_]+", "\n".join(f.read_text(encoding="utf-8") for f in code)))


@pytest.fixture
def compose():
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())


def test_every_setting_of_ours_is_read(compose):
    units = "\n".join(unit.read_text() for unit in UNITS)
    named = {n for n in settings("initload.env") if n.startswith("INITLOAD_")}
    named |= set(re.findall(r"INITLOAD_[A-Z_]+", units))
    named |= {n for s in compose["services"].values() for n in s.get("environment", {}) if n.startswith("INITLOAD_")}

    assert named - FOR_MIGRATIONS <= read_by_the_code()
    assert {"INITLOAD_CONFIG", "INITLOAD_HOSTS", "INITLOAD_REPORTS", "INITLOAD_HOST", "INITLOAD_CACHE"} <= named


def test_every_setting_of_airflow_is_one(site):
    from airflow.configuration import conf
    from airflow.providers_manager import ProvidersManager

    known = {(s, o) for s, options in conf.configuration_description.items() for o in options["options"]}
    providers = ProvidersManager().provider_configs
    known |= {(s, o) for _, sections in providers for s, options in sections.items() for o in options["options"]}
    for name in [*settings("initload.env"), *settings("initload.secrets.env.example")]:
        if name.startswith("AIRFLOW__"):
            _, section, option = name.split("__")
            assert (section.lower(), option.lower()) in known, name


def test_secrets_are_not_in_the_file_without_secrets():
    assert not [n for n in settings("initload.env") if re.search("SECRET|PASSWORD|KEY|CONN", n)]


def test_containers_run_what_the_units_run(compose):
    commands = {n: s["command"] for n, s in compose["services"].items() if "airflow " in s.get("command", "")}
    assert {commands[c] for c in COMPONENTS} == {f"airflow {c}" for c in COMPONENTS}
    assert "airflow %i" in (DEPLOY / "systemd/airflow@.service").read_text()
    worker = compose["services"]["worker-nvme1"]
    host, queue = worker["environment"]["INITLOAD_HOST"], worker["environment"]["INITLOAD_HOSTS"]
    in_unit = (DEPLOY / "systemd/airflow-worker.service").read_text().split("/opt/airflow/bin/", 1)[1].splitlines()[0]
    assert in_unit.replace("${INITLOAD_HOST}", host).replace("%H", "%h") == worker["command"]
    assert queue == f"host_{host}"
    named = {v.split(":")[0] for s in compose["services"].values() for v in s.get("volumes", []) if v[0] not in "/."}
    assert named == set(compose["volumes"])
    # The graceful end of a worker is as long in both.
    assert worker["stop_grace_period"] == "2h"
    assert "TimeoutStopSec=2h" in (DEPLOY / "systemd/airflow-worker.service").read_text()


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not here")
@pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.name)
def test_systemd_understands_the_unit(unit, tmp_path):
    """With a command that is there, in place of those that an installation brings."""
    for file in UNITS:
        text = file.read_text().replace("/opt/airflow/bin/airflow", "/bin/true")
        (tmp_path / file.name.replace("@", "@scheduler")).write_text(text)
    name = unit.name.replace("@", "@scheduler")

    verified = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", str(tmp_path / name)],
        capture_output=True,
        text=True,
        env={"SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
    )

    assert verified.stderr == ""
    assert verified.returncode == 0


def test_the_guide_installs_every_file_of_it():
    guide = (REPOSITORY / "docs/airflow.md").read_text(encoding="utf-8")

    for file in ("initload.env", "initload.secrets.env.example", "systemd/*", "pools.json"):
        assert file in guide
    for unit in ("airflow-worker", "airflow-logs.timer", *(f"airflow@{c}" for c in COMPONENTS)):
        assert unit in guide
    assert set(re.findall(r"`(INITLOAD_[A-Z_]+)`", guide)) <= read_by_the_code() | {"INITLOAD_HEAP"} | FOR_MIGRATIONS
