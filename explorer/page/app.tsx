import type { JSX } from 'preact'
import { AskView } from './ask/ask-view.tsx'
import { ExploreView } from './explore/explore-view.tsx'
import { FlowView } from './flow/flow-view.tsx'
import { Header } from './shell/header.tsx'
import { LiveRegion } from './shell/live-region.tsx'
import { NewData } from './shell/new-data.tsx'
import { NotFound } from './shell/not-found.tsx'
import { useLinks } from './shell/use-links.ts'
import { useViewFocus } from './shell/use-view-focus.ts'
import { usePlace } from './state/location.ts'
import { useStatusPolling } from './state/status.ts'
import { TraceView } from './trace/trace-view.tsx'

/** The whole page: its frame, and the view that the address names. */
export const App = (): JSX.Element => {
  const place = usePlace()
  useStatusPolling()
  useLinks()
  useViewFocus(place.path)
  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <Header path={place.path} />
      <NewData />
      <main id="main" tabIndex={-1}>
        {viewOf(place.path, place.parameters)}
      </main>
      <LiveRegion />
    </>
  )
}

const viewOf = (path: string, parameters: URLSearchParams): JSX.Element => {
  const traceId = /^\/traces\/([^/]+)\/?$/.exec(path)?.[1]
  if (traceId !== undefined) return <TraceView key={traceId} traceId={traceId} parameters={parameters} />
  if (path === '/flow') return <FlowView parameters={parameters} />
  if (path === '/ask') return <AskView parameters={parameters} />
  if (path === '/' || path === '/explore') return <ExploreView parameters={parameters} />
  return <NotFound />
}
