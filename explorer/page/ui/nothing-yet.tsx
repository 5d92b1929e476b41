import type { JSX } from 'preact'
import { Empty } from './empty.tsx'

/** The first thing that a new user sees. */
export const NothingYet = (): JSX.Element => (
  <div class="card nothing-yet">
    <Empty title="Nothing has arrived yet" as="h2">
      <p>This page fills by itself as soon as something does. Two ways to go on:</p>
      <ul>
        <li>
          <strong>See it with sample data.</strong> Stop this and run <code>npm run demo</code>: 90 days of three teams’
          deliveries.
        </li>
        <li>
          <strong>Connect your own.</strong> Register the webhooks of GitHub (<code>/github</code>) and Jenkins (
          <code>/jenkins</code>), or send spans of other tools to <code>/v1/traces</code>. Close an issue, and its trace
          is here.
        </li>
      </ul>
    </Empty>
  </div>
)
