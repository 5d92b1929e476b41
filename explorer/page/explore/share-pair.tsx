import type { JSX } from 'preact'
import type { Share } from '../../api/correlations.ts'
import { formatNumber, formatShare, shareOf } from '../ui/format.ts'
import { ShareBar } from '../ui/share-bar.tsx'

interface SharePairProps {
  readonly selected: Share
  readonly others: Share
}

/** How many of the selected ones have it, above how many of the others. */
export const SharePair = ({ selected, others }: SharePairProps): JSX.Element => (
  <dl class="share-pair">
    <ShareLine name="selected" share={selected} />
    <ShareLine name="others" share={others} />
  </dl>
)

const ShareLine = ({ name, share }: { readonly name: string; readonly share: Share }): JSX.Element => (
  <div>
    <dt>{name}</dt>
    <dd>
      <ShareBar share={shareOf(share)} kind={name} />
      <span class="share-text">
        <strong>{formatShare(shareOf(share))}</strong>{' '}
        <span class="of">
          {formatNumber(share.having)} of {formatNumber(share.of)}
        </span>
      </span>
    </dd>
  </div>
)
