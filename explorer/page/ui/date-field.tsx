import type { JSX } from 'preact'
import { useId } from 'preact/hooks'
import { formatDay } from './moment.tsx'

interface DateFieldProps {
  readonly label: string
  readonly millis: number | undefined
  /** Undefined while what stands there is no date. */
  readonly onChange: (millis: number | undefined) => void
}

/** A day, UTC. */
export const DateField = ({ label, millis, onChange }: DateFieldProps): JSX.Element => {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="date"
        value={millis === undefined ? '' : formatDay(millis)}
        onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? undefined : currentTarget.valueAsNumber)}
      />
    </div>
  )
}
