import { clickHouse } from './clickhouse.ts'
import { dashboard } from './grafana.ts'
import { tempo } from './tempo.ts'

/** Every dashboard as it is committed: text by path. */
export const dashboardFiles = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [tempo, clickHouse].map((backend) => [
      `infra/dashboards/${backend.name.toLowerCase()}.json`,
      `${JSON.stringify(dashboard(backend), null, 2)}\n`,
    ]),
  )
