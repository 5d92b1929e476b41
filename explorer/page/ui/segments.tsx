import type { JSX } from 'preact'
import type { Option } from './select.tsx'

interface SegmentsProps {
  readonly label: string
  readonly value: string | undefined
  readonly options: readonly Option[]
  readonly onChange: (value: string) => void
}

/** One of a few, all of them seen at once. */
export const Segments = ({ label, value, options, onChange }: SegmentsProps): JSX.Element => (
  <fieldset class="segments">
    <legend class="hidden">{label}</legend>
    {options.map((option) => (
      <button
        key={option.value}
        type="button"
        aria-pressed={option.value === value}
        onClick={() => onChange(option.value)}
      >
        {option.text}
      </button>
    ))}
  </fieldset>
)
