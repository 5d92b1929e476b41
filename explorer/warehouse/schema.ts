/** Counted up whenever a table changes; a file of another version is not read. */
export const SCHEMA_VERSION = 2

/**
 * The explorer's database, which its user may open too: `duckdb -readonly .valuestream/explorer.duckdb`. `spans` and
 * `attributes` are for people and for every query; the others only make the correlations fast.
 *
 * No table has a primary key: DuckDB's indices make bulk loads ten times slower and are kept in memory as a whole, and
 * there is one writer, which looks first. Of `items` each is one value (`kind` = `value`) or the name of a number
 * (`number`) or of a list (`list`, whose elements are values) on the spans of an operation, or a name that is not compared
 * (`left_out`); the item named `*` stands on every span of its operation. `marks` and `numbers` say which span has which. Each number is in one of the `bins`, which are items
 * too (`bin`). `trace_items` says in how many spans of a trace an item is, and in which where it is in one. Bins and
 * `trace_items` are made for the traces in `stale_traces` before they are read.
 *
 * So are the tables for the flow and for the critical path. `shares` says how long of a finished span's time each kind of
 * work and each wait took, in microseconds, so that sums are exact. `deploys` has those to production that succeeded or
 * failed, `brought` the pull request that each hangs from, `links` what deploys and incidents link to, in any trace.
 */
export const SCHEMA = `
CREATE TABLE about (version INTEGER NOT NULL);
INSERT INTO about VALUES (${SCHEMA_VERSION});
CREATE SEQUENCE span_numbers;
CREATE SEQUENCE trace_numbers;
CREATE SEQUENCE item_numbers;
CREATE TABLE spans (
  span_no INTEGER NOT NULL,
  trace_no INTEGER NOT NULL,
  trace_id VARCHAR NOT NULL,
  span_id VARCHAR NOT NULL,
  parent_span_id VARCHAR,
  operation VARCHAR NOT NULL,
  service VARCHAR NOT NULL,
  title VARCHAR NOT NULL,
  url VARCHAR,
  start_time TIMESTAMP NOT NULL,
  end_time TIMESTAMP,
  duration_ms DOUBLE,
  is_error BOOLEAN NOT NULL,
  result VARCHAR,
  activity_key VARCHAR,
  episode INTEGER,
  is_stored BOOLEAN NOT NULL,
  is_received BOOLEAN NOT NULL,
  attributes MAP(VARCHAR, VARCHAR) NOT NULL,
  details JSON NOT NULL
);
CREATE TABLE traces (trace_no INTEGER NOT NULL, trace_id VARCHAR NOT NULL);
CREATE TABLE items (
  item_no INTEGER NOT NULL,
  kind VARCHAR NOT NULL,
  operation VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  value VARCHAR NOT NULL
);
CREATE TABLE marks (span_no INTEGER NOT NULL, trace_no INTEGER NOT NULL, item_no INTEGER NOT NULL);
CREATE TABLE numbers (
  span_no INTEGER NOT NULL,
  trace_no INTEGER NOT NULL,
  item_no INTEGER NOT NULL,
  value DOUBLE NOT NULL
);
CREATE TABLE trace_items (
  trace_no INTEGER NOT NULL,
  item_no INTEGER NOT NULL,
  spans INTEGER NOT NULL,
  alone_no INTEGER
);
CREATE TABLE bins (
  number_no INTEGER NOT NULL,
  item_no INTEGER NOT NULL,
  above DOUBLE NOT NULL,
  up_to DOUBLE NOT NULL,
  low DOUBLE,
  high DOUBLE,
  counted INTEGER NOT NULL
);
CREATE TABLE shares (
  span_no INTEGER NOT NULL,
  trace_no INTEGER NOT NULL,
  is_wait BOOLEAN NOT NULL,
  name VARCHAR NOT NULL,
  micros BIGINT NOT NULL
);
CREATE TABLE deploys (
  span_no INTEGER NOT NULL,
  trace_no INTEGER NOT NULL,
  place VARCHAR NOT NULL,
  is_rollback BOOLEAN NOT NULL
);
CREATE TABLE brought (deploy_no INTEGER NOT NULL, trace_no INTEGER NOT NULL, change_no INTEGER NOT NULL);
CREATE TABLE links (span_no INTEGER NOT NULL, trace_no INTEGER NOT NULL, span_id VARCHAR NOT NULL, reason VARCHAR);
CREATE TABLE stale_traces (trace_no INTEGER NOT NULL);
CREATE TABLE activities (activity_key VARCHAR NOT NULL, version INTEGER NOT NULL);
CREATE TABLE reading (high_water_ms DOUBLE NOT NULL, read_ms DOUBLE NOT NULL);
CREATE VIEW attributes AS
  SELECT trace_id, span_id, operation, unnest(map_keys(attributes)) AS name, unnest(map_values(attributes)) AS value
  FROM spans;
`

/** What each table and column is, for *Ask*; what is not here is not shown. */
export const MEANINGS = {
  spans: {
    meaning: 'Every span: finished ones, and activities that are under way.',
    columns: {
      trace_id: 'One piece of work: an issue with all that hangs from it.',
      span_id: 'The span.',
      parent_span_id: 'The span that it hangs from.',
      operation: '`issue`, `pull_request`, `build`, `deploy`, or what another tool calls its span.',
      service: 'What reported it.',
      title: 'What a person calls it.',
      url: 'Its page in GitHub or Jenkins.',
      start_time: 'Start, UTC.',
      end_time: 'End, UTC; null while it is under way.',
      duration_ms: 'Milliseconds from start to end; null while it is under way.',
      is_error: 'Whether it failed.',
      result: '`success`, `failure`, `error`, `timeout`, `cancellation` or `skip`.',
      attributes: "Its attributes, all as text: attributes['build.parameter.deploy_type'].",
    },
  },
  attributes: {
    meaning: 'The attributes of every span, a row each.',
    columns: {
      trace_id: 'The trace.',
      span_id: 'The span.',
      operation: 'The span’s operation.',
      name: 'The attribute.',
      value: 'Its value as text.',
    },
  },
} as const
