"""Runs every query of clickhouse.json on ClickHouse itself, embedded: `pip install chdb`, then `python3 infra/dashboards/check_clickhouse.py`.

The table is that of the OpenTelemetry Collector's exporter, as far as the queries read it. Grafana's macros are put in as
its plugin does.
"""

import json
from pathlib import Path

from chdb import session

DAY = 86_400
NOW = 1_790_000_000
ROWS = [
    # SpanId, name, start, seconds, attributes
    ("a1", "deploy", NOW - 3 * DAY, 600, {"valuestream.result": "success", "deployment.environment.name": "production", "build.parameter.deploy_type": "ami"}),
    ("a2", "deploy", NOW - 3 * DAY, 60, {"valuestream.result": "failure", "deployment.environment.name": "production"}),
    ("a3", "deploy", NOW - 3 * DAY, 60, {"valuestream.result": "success", "deployment.environment.name": "staging"}),
    # Sent before, with something wrong in it.
    ("b1", "issue", NOW - 9 * DAY, 3 * DAY, {}),
    ("b1", "issue", NOW - 9 * DAY, 2 * DAY, {"valuestream.correction": "1"}),
    # Began before the range, and ended in it.
    ("b2", "issue", NOW - 100 * DAY, 94 * DAY, {}),
    ("c1", "pull_request", NOW - 5 * DAY, 7_200, {"vcs.change.state": "merged"}),
    ("c2", "pull_request", NOW - 5 * DAY, 9_200, {"vcs.change.state": "closed"}),
    ("d1", "build", NOW - 5 * DAY, 300, {"valuestream.result": "success"}),
]

EXPECTED = {
    "How often do we deploy?": [["production", 1], ["staging", 1]],
    "How many deploys succeed?": [["failure", 1], ["success", 2]],
    "How long do issues take?": [[4147200, 7326720]],
    "How long do pull requests take?": [[7200, 7200]],
    "How long do builds take?": [[300, 300]],
    "How long do deploys take?": [[330, 546]],
    "Which kind of deploy takes long?": [["", 60], ["ami", 600]],
}


def literal(attributes):
    return "map(" + ", ".join(f"'{name}', '{value}'" for name, value in attributes.items()) + ")"


def main():
    clickhouse = session.Session()
    clickhouse.query("CREATE DATABASE check ENGINE = Atomic")
    clickhouse.query("USE check")
    clickhouse.query(
        "CREATE TABLE otel_traces (Timestamp DateTime64(9), TraceId String, SpanId String, ParentSpanId String, "
        "SpanName LowCardinality(String), SpanAttributes Map(LowCardinality(String), String), Duration UInt64) "
        "ENGINE = MergeTree ORDER BY (SpanName, toDateTime(Timestamp))"
    )
    for span, name, start, seconds, attributes in ROWS:
        kept = literal(attributes) if attributes else "map('service', 'github')"
        clickhouse.query(
            f"INSERT INTO otel_traces SELECT toDateTime64({start}, 9), 't', '{span}', '', '{name}', {kept}, {seconds * 10**9}"
        )
    dashboard = json.loads((Path(__file__).parent / "clickhouse.json").read_text())
    for panel in dashboard["panels"]:
        sql = panel["targets"][0]["rawSql"].replace("$environment", ".*")
        sql = sql.replace("$__timeFilter(Ended)", f"Ended >= toDateTime({NOW - 90 * DAY}) AND Ended <= toDateTime({NOW})")
        rows = json.loads(str(clickhouse.query(sql, "JSONCompact")))["data"]
        found = sorted([value if isinstance(value, str) and not value.isdigit() else round(float(value)) for value in row[1:]] for row in rows)
        assert found == EXPECTED[panel["title"]], (panel["title"], found)
        print("ok:", panel["title"])


main()
