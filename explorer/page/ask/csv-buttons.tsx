import type { JSX } from 'preact'
import type { Answer } from '../../api/ask.ts'
import { announce } from '../state/announce.ts'
import { Icon } from '../ui/icon.tsx'
import { csvOf } from './csv.ts'

/** The answer as CSV, for a spreadsheet. */
export const CsvButtons = ({ answer }: { readonly answer: Answer }): JSX.Element => {
  const copy = () =>
    navigator.clipboard.writeText(csvOf(answer)).then(
      () => announce('Copied as CSV.'),
      () => announce('The browser did not allow it: download it instead.'),
    )
  return (
    <>
      <button type="button" class="button quiet" onClick={() => void copy()}>
        <Icon name="copy" />
        Copy CSV
      </button>
      <button type="button" class="button quiet" onClick={() => download(csvOf(answer))}>
        <Icon name="download" />
        CSV
      </button>
    </>
  )
}

const download = (csv: string) => {
  const url = URL.createObjectURL(new Blob([csv], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = 'valuestream.csv'
  link.click()
  // The download has its own hold of it by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
