import type { JSX } from 'preact'
import { Empty } from '../ui/empty.tsx'
import { Title } from '../ui/title.tsx'

export const NotFound = (): JSX.Element => (
  <>
    <Title text="There is no such page" isHidden />
    <Empty title="There is no such page" as="p">
      <p>
        Go on with <a href="/flow">Flow</a>, <a href="/explore">Explore</a> or <a href="/ask">Ask</a>.
      </p>
    </Empty>
  </>
)
