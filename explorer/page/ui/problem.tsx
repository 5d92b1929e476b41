import type { JSX } from 'preact'
import type { ApiError } from '../state/fetch-json.ts'
import { Icon } from './icon.tsx'

interface ProblemProps {
  readonly error: ApiError
  readonly retry?: () => void
}

/** What went wrong, in the words of who knows. */
export const Problem = ({ error, retry }: ProblemProps): JSX.Element => (
  <div class="problem" role="alert">
    <Icon name="alert" />
    <p>{error.message}</p>
    {retry === undefined ? null : (
      <button type="button" class="button" onClick={retry}>
        Try again
      </button>
    )}
  </div>
)
