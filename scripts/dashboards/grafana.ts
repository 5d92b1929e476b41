import { PANELS, type Panel } from './definition.ts'

/** What asks the questions: a data source of Grafana, and what a panel asks of it. */
export interface Backend {
  readonly name: string
  /** The id of Grafana's plugin. */
  readonly datasource: string
  readonly target: (panel: Panel) => Readonly<Record<string, unknown>>
}

const [COLUMNS, WIDTH, HEIGHT] = [2, 12, 9]

/**
 * A dashboard as Grafana imports it.
 *
 * @see https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/
 */
export const dashboard = (backend: Backend) => ({
  uid: `valuestream-${backend.name.toLowerCase()}`,
  title: `ValueStream: delivery (${backend.name})`,
  description:
    'How often we deploy, how many deploys succeed, and how long issues, pull requests, builds and deploys take.',
  tags: ['valuestream'],
  schemaVersion: 39,
  editable: true,
  timezone: 'browser',
  time: { from: 'now-90d', to: 'now' },
  templating: { list: [datasourceVariable(backend), ENVIRONMENT] },
  annotations: { list: [] },
  panels: PANELS.map((panel, index) => panelOf(panel, index, backend)),
})

const datasourceVariable = ({ datasource, name }: Backend) => ({
  type: 'datasource',
  name: 'datasource',
  label: name,
  query: datasource,
  current: {},
  hide: 0,
  multi: false,
  includeAll: false,
  refresh: 1,
})

const ENVIRONMENT = {
  type: 'textbox',
  name: 'environment',
  label: 'Environment (regular expression)',
  query: '.*',
  current: { text: '.*', value: '.*' },
  options: [{ text: '.*', value: '.*', selected: true }],
  hide: 0,
}

const panelOf = (panel: Panel, index: number, backend: Backend) => {
  const datasource = { type: backend.datasource, uid: '${datasource}' }
  const { measure } = panel
  const isShare = measure.kind === 'count' && measure.isShare
  return {
    id: index + 1,
    type: 'timeseries',
    title: panel.title,
    description: panel.description,
    datasource,
    gridPos: { h: HEIGHT, w: WIDTH, x: (index % COLUMNS) * WIDTH, y: Math.floor(index / COLUMNS) * HEIGHT },
    fieldConfig: {
      defaults: {
        unit: measure.kind === 'duration' ? 's' : 'short',
        min: 0,
        custom: {
          drawStyle: measure.kind === 'count' ? 'bars' : 'line',
          fillOpacity: measure.kind === 'count' ? 70 : 10,
          showPoints: 'auto',
          // Weeks in which nothing ended are no gap in a trend.
          spanNulls: true,
          stacking: { mode: isShare ? 'percent' : measure.kind === 'count' ? 'normal' : 'none', group: 'A' },
        },
      },
      overrides: [],
    },
    options: {
      legend: { displayMode: 'list', placement: 'bottom', showLegend: true },
      tooltip: { mode: 'multi', sort: 'desc' },
    },
    targets: [{ refId: 'A', datasource, ...backend.target(panel) }],
  }
}
