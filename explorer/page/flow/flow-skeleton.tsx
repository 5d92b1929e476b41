import type { JSX } from 'preact'
import { Skeleton } from '../ui/skeleton.tsx'

/** As large as what comes: the tiles, then the charts. */
export const FlowSkeleton = (): JSX.Element => (
  <div class="stack" aria-busy="true">
    <div class="tiles">
      {['frequency', 'lead', 'failure', 'restore', 'rework'].map((tile) => (
        <div key={tile} class="card tile">
          <Skeleton height={132} />
        </div>
      ))}
    </div>
    <div class="chart-grid">
      {['issue', 'pull_request', 'build', 'deploy'].map((operation) => (
        <div key={operation} class="card">
          <Skeleton height={336} />
        </div>
      ))}
    </div>
  </div>
)
