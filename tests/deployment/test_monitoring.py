"""Alert rules and dashboard: right by Prometheus' own tools, and true of what the platform tells."""

import json
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
import yaml

from resume_review.core.settings import Settings, variables
from resume_review.infrastructure.monitoring.gauges import GAUGES
from resume_review.infrastructure.monitoring.metrics import DECLARED
from resume_review.testing.consultant import ADMIN, consultant
from resume_review.testing.processes import Process, Server, environment, program
from resume_review.testing.programs import require

pytestmark = [pytest.mark.integration, pytest.mark.slow, pytest.mark.timeout(300)]

ROOT = Path(__file__).parents[2]
MONITORING = ROOT / "deploy" / "monitoring"
PAGE = ROOT / "docs" / "operate" / "monitoring.md"
LABELS = {declared.name: set(declared.labels) for declared in DECLARED} | {
    gauge.full_name: set(gauge.labels) for gauge in GAUGES
}
PROMETHEUS_OWN = {"instance", "job"}
OF_EVERY_SERIES = {*PROMETHEUS_OWN, "le", "of"}
SEVERITIES = {"page", "warning", "info"}
PATIENCE_SECONDS = 60

NAME = re.compile(r"\b(?:resume_review|process|python)_[a-z0-9_]+\b|\bup\b")
MATCHERS = re.compile(r"\b(resume_review_[a-z0-9_]+)\{([^}]*)\}")
GROUPING = re.compile(r"\bby \(([^)]*)\)")


def rules() -> list[dict[str, Any]]:
    groups = yaml.safe_load((MONITORING / "alerts.yml").read_text())["groups"]
    return [rule for group in groups for rule in group["rules"]]


def alerts() -> list[dict[str, Any]]:
    return [rule for rule in rules() if "alert" in rule]


def panels() -> Iterator[dict[str, Any]]:
    dashboard = json.loads((MONITORING / "dashboard.json").read_text())
    return (panel for panel in dashboard["panels"] if panel["type"] != "row")


def expressions() -> list[str]:
    """Everything that the rules and the dashboard ask for, with Grafana's variables filled in."""
    asked = [target["expr"] for panel in panels() for target in panel["targets"]]
    filled = [expr.replace("$__rate_interval", "5m").replace("$instance", ".*") for expr in asked]
    return [*filled, *(rule["expr"] for rule in rules())]


def base(name: str) -> str:
    """The metric that a series belongs to."""
    return re.sub(r"_(bucket|count|sum)$", "", name)


def promtool(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    command = [require("promtool"), *map(str, arguments)]
    return subprocess.run(command, cwd=MONITORING, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "config", "prometheus.yml"),
        ("check", "rules", "alerts.yml"),
        ("test", "rules", "alerts_test.yml"),
    ],
    ids=" ".join,
)
def test_prometheus_own_tool_finds_nothing_wrong(arguments: tuple[str, ...]) -> None:
    done = promtool(*arguments)

    assert done.returncode == 0, done.stdout + done.stderr


def test_a_threshold_that_moves_fails_the_tests_of_the_rules(tmp_path: Path) -> None:
    shutil.copytree(MONITORING, tmp_path, dirs_exist_ok=True)
    moved = (tmp_path / "alerts.yml").read_text().replace("rate5m > 0.05", "rate5m > 0.5")
    (tmp_path / "alerts.yml").write_text(moved)

    done = promtool("test", "rules", tmp_path / "alerts_test.yml")

    assert "ErrorRateRollBack" in done.stdout + done.stderr
    assert done.returncode != 0


def test_every_alert_is_tested() -> None:
    tested = (MONITORING / "alerts_test.yml").read_text()

    assert [alert["alert"] for alert in alerts() if alert["alert"] not in tested] == []


def test_every_alert_says_what_is_wrong_and_what_to_do() -> None:
    for alert in alerts():
        annotations = alert["annotations"]
        assert set(annotations) == {"summary", "description", "runbook"}, alert["alert"]
        assert all(len(text.split()) >= 4 for text in annotations.values()), alert["alert"]
        assert alert["labels"]["severity"] in SEVERITIES


def test_runbooks_name_addresses_and_settings_that_exist() -> None:
    text = " ".join(text for alert in alerts() for text in alert["annotations"].values())
    paths = set(json.loads((ROOT / "openapi.json").read_text())["paths"])
    known = {
        variable.removeprefix("RESUME_REVIEW_")
        for name in Settings.model_fields
        for variable in variables(name)
    }

    assert set(re.findall(r"/api/v1/[a-z_/{}-]+", text)) <= paths
    assert set(re.findall(r"\b[A-Z]+_[A-Z_]+\b", text)) <= known


def faults_of(expr: str) -> list[str]:
    """What an expression asks for that nobody tells."""
    recorded = {rule["record"] for rule in rules() if "record" in rule}
    names = {base(name) for name in NAME.findall(expr) if name.startswith("resume_review_")}
    known = OF_EVERY_SERIES.union(*(LABELS.get(name, set[str]()) for name in names))
    inside = [label for _, text in MATCHERS.findall(expr) for label in re.findall(r"(\w+)\s*[=!]", text)]
    inside += [label.strip() for text in GROUPING.findall(expr) for label in text.split(",")]
    unknown = {*(names - set(LABELS)), *(set(inside) - known)}
    return sorted(unknown | (set(re.findall(r"resume_review:[\w:]+", expr)) - recorded))


def test_expressions_name_metrics_and_labels_that_exist() -> None:
    assert {expr: found for expr in expressions() if (found := faults_of(expr))} == {}


@pytest.mark.parametrize(
    ("expr", "fault"),
    [
        ("rate(resume_review_http_request_total[5m])", "resume_review_http_request_total"),
        ('resume_review_jobs_total{name="x"}', "name"),
        ("sum by (user) (resume_review_jobs_total)", "user"),
        ("resume_review:latency_p99:rate5m > 1", "resume_review:latency_p99:rate5m"),
    ],
)
def test_an_expression_that_asks_for_nothing_is_found(expr: str, fault: str) -> None:
    assert faults_of(expr) == [fault]


def test_the_page_lists_every_metric() -> None:
    rows = [(declared.name, declared.labels, declared.meaning) for declared in DECLARED]
    rows += [(gauge.full_name, gauge.labels, gauge.meaning) for gauge in GAUGES]
    table = "\n".join(
        f"| `{name}` | {', '.join(f'`{label}`' for label in labels) or '-'} | {meaning} |"
        for name, labels, meaning in sorted(rows)
    )

    assert table in PAGE.read_text(), f"docs/operate/monitoring.md must hold:\n{table}"


def test_no_label_is_one_of_prometheus_own() -> None:
    assert {name for name, labels in LABELS.items() if labels & PROMETHEUS_OWN} == set()


def free_ports(number: int) -> list[int]:
    """Ports that are free now, all of them at once."""
    listeners = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [listener.getsockname()[1] for listener in listeners]
    for listener in listeners:
        listener.close()
    return ports


@dataclass(frozen=True)
class Prometheus:
    """A running one, which has seen the platform at work."""

    url: str

    def ask(self, path: str, **parameters: str) -> Any:
        answer = httpx2.get(f"{self.url}/api/v1/{path}", params=parameters, timeout=10)
        body = answer.json()
        assert body["status"] == "success", (parameters, body)
        return body["data"]

    def value(self, expr: str) -> float:
        found = self.ask("query", query=expr)["result"]
        return float(found[0]["value"][1]) if found else 0.0

    def until(self, expr: str) -> None:
        """Wait until it has a value above zero."""
        ends = time.monotonic() + PATIENCE_SECONDS
        while self.value(expr) <= 0:
            assert time.monotonic() < ends, f"no {expr}: {self.ask('targets')}"
            time.sleep(0.05)


def configuration(folder: Path, ports: list[int]) -> Path:
    """The shipped one, scraping these ports every second."""
    shutil.copy(MONITORING / "alerts.yml", folder)
    text = (MONITORING / "prometheus.yml").read_text().replace("interval: 15s", "interval: 1s")
    for shipped, port in zip((9464, 9465), ports, strict=True):
        assert f"127.0.0.1:{shipped}" in text
        text = text.replace(f'"127.0.0.1:{shipped}"', f'"127.0.0.1:{port}"')
    (folder / "prometheus.yml").write_text(text)
    return folder / "prometheus.yml"


@pytest.fixture(scope="module")
def prometheus(tmp_path_factory: pytest.TempPathFactory) -> Generator[Prometheus]:
    """Prometheus with the shipped files beside a server and a worker that made a review."""
    binary, folder = require("prometheus"), tmp_path_factory.mktemp("prometheus")
    data = tmp_path_factory.mktemp("platform")
    *ports, web = free_ports(3)
    server_port, worker_port = map(str, ports)
    command = [
        binary,
        f"--config.file={configuration(folder, ports)}",
        f"--storage.tsdb.path={folder / 'data'}",
        f"--web.listen-address=127.0.0.1:{web}",
        "--log.level=error",
    ]
    with (
        Server(data, WORKERS="0", METRICS_PORT=server_port, BACKUPS_DIR=str(folder), **ADMIN) as server,
        Process(program("worker"), env=environment(data, WORKERS="1", METRICS_PORT=worker_port, **ADMIN)),
        consultant(server.api) as robin,
        subprocess.Popen(command) as running,
    ):
        try:
            robin.ended(robin.request(robin.upload()))
            found = Prometheus(f"http://127.0.0.1:{web}")
            wait_for(found)
            found.until('sum(resume_review_reviews_total{outcome="completed"})')
            found.until('count(up{job="resume-review"} == 1) == 2')
            yield found
        finally:
            running.kill()


def wait_for(found: Prometheus) -> None:
    ends = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            if httpx2.get(f"{found.url}/-/ready").status_code == 200:
                return
        except httpx2.TransportError:
            assert time.monotonic() < ends, "Prometheus does not answer"
        time.sleep(0.05)


def test_every_metric_that_is_asked_for_is_scraped(prometheus: Prometheus) -> None:
    told = [(item["metric"], item["type"]) for item in prometheus.ask("targets/metadata")]
    scraped = {name + "_total" * (kind == "counter") for name, kind in told} | {"up"}
    asked = {base(name) for expr in expressions() for name in NAME.findall(expr)}

    assert asked - scraped == set()
    assert set(LABELS) <= scraped


def test_prometheus_understands_every_expression(prometheus: Prometheus) -> None:
    for expr in expressions():
        prometheus.ask("query", query=expr)


def test_a_review_leaves_its_mark_in_the_metrics(prometheus: Prometheus) -> None:
    analysed = 'sum(resume_review_jobs_total{task="resume_analysis.analyse", outcome="done", role="worker"})'
    asked = (
        'sum(resume_review_http_requests_total{route="/analysis/resumes/{resume_id}/analyze", role="server"})'
    )

    prometheus.until(analysed)
    assert prometheus.value(analysed) == 1
    assert prometheus.value(asked) == 1
    assert prometheus.value('resume_review_reviews_total{engine="rubric", degraded="false"}') == 1
    assert prometheus.value('resume_review_reads_total{format="md", outcome="ok"}') == 1
    prometheus.until("max(resume_review_queue_live_workers) == 2")


def test_all_rules_are_loaded_and_nobody_is_paged(prometheus: Prometheus) -> None:
    prometheus.until("count(resume_review:errors_are_judged:rate5m)")
    loaded = [rule for group in prometheus.ask("rules")["groups"] for rule in group["rules"]]

    assert len(loaded) == len(rules())
    assert {rule["health"] for rule in loaded} == {"ok"}
    firing = {
        alert["labels"]["alertname"]
        for alert in prometheus.ask("alerts")["alerts"]
        if alert["state"] == "firing"
    }
    assert firing <= {"DiskFillsUp", "DiskFull"}  # this machine's own disk


def test_values_of_labels_name_nobody(prometheus: Prometheus) -> None:
    values = {
        value for label in prometheus.ask("labels") for value in prometheus.ask(f"label/{label}/values")
    }

    named = [
        value
        for value in values
        if re.search(r"jane|doe|resume\.md|@|[0-9a-f]{8}-[0-9a-f]{4}", value.lower())
    ]
    assert named == []
