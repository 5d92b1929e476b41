import type { JSX } from 'preact'
import type { Flow } from '../../api/flow.ts'
import { Card } from '../ui/card.tsx'
import { Empty } from '../ui/empty.tsx'
import { formatCount } from '../ui/format.ts'
import { TableBox } from '../ui/table-box.tsx'
import { MEASURES } from './measures.ts'
import { splitName } from './splits.ts'

interface SplitTableProps {
  readonly by: string
  readonly flow: Flow
}

/** The measures of each group, beside those of all. */
export const SplitTable = ({ by, flow }: SplitTableProps): JSX.Element => (
  <Card
    title={`By ${splitName(by).toLowerCase()}`}
    {...(flow.cut === 0 ? {} : { note: `${formatCount(flow.cut, 'smaller group')} not shown.` })}
  >
    {flow.groups.length < 2 ? (
      <Empty title="Nothing here has this attribute">
        <p>Split by another one, or choose a longer time.</p>
      </Empty>
    ) : (
      <TableBox label="Measures by group">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{splitName(by)}</th>
              {MEASURES.map(({ key, title }) => (
                <th key={key} scope="col" class="number">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {flow.groups.map((group) => (
              <tr key={group.name ?? ''}>
                <th scope="row">{group.name ?? 'All'}</th>
                {MEASURES.map((measure) => {
                  const value = measure.valueOf(group.measures)
                  return (
                    <td key={measure.key} class="number">
                      {value === undefined ? '–' : measure.format(value)}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </TableBox>
    )}
  </Card>
)
