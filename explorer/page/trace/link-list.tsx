import type { JSX } from 'preact'
import type { TraceSpan } from '../../api/trace.ts'
import { traceHref } from '../ui/span-list.tsx'

/** Where else it belongs. */
export const LinkList = ({ links }: { readonly links: TraceSpan['links'] }): JSX.Element | null =>
  links.length === 0 ? null : (
    <>
      <h3>Links</h3>
      <ul class="plain">
        {links.map((link) => (
          <li key={`${link.traceId} ${link.spanId}`}>
            <a href={traceHref(link)}>{link.title ?? `trace ${link.traceId.slice(0, 8)}…`}</a>
            {link.reason === undefined ? null : <span class="note"> {link.reason.replaceAll('_', ' ')}</span>}
          </li>
        ))}
      </ul>
    </>
  )
