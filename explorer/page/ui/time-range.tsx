import type { JSX } from 'preact'
import { DateField } from './date-field.tsx'
import { DAY_MILLIS, endOfDay, PRESET_DAYS, presetOf, type Range } from './range.ts'
import { Select } from './select.tsx'

interface TimeRangeProps extends Range {
  /** Of everything that is there. */
  readonly firstMillis: number | undefined
  readonly lastMillis: number | undefined
  readonly onChange: (range: Range) => void
}

export const TimeRange = ({ onChange, firstMillis, lastMillis, ...range }: TimeRangeProps): JSX.Element => {
  const newestMillis = endOfDay(lastMillis ?? Date.now())
  const preset = presetOf(range, newestMillis)
  const choose = (value: string) => {
    if (value === 'all') onChange({})
    else if (value === 'custom')
      onChange({ fromMillis: endOfDay(firstMillis ?? 0) - DAY_MILLIS, toMillis: newestMillis })
    else onChange({ fromMillis: newestMillis - Number(value) * DAY_MILLIS })
  }
  return (
    <>
      <Select label="Time" value={preset} options={OPTIONS} onChange={choose} />
      {preset !== 'custom' ? null : (
        <>
          <DateField
            label="from"
            millis={range.fromMillis}
            onChange={(fromMillis) => onChange({ ...range, ...(fromMillis === undefined ? {} : { fromMillis }) })}
          />
          <DateField
            label="to"
            millis={range.toMillis === undefined ? undefined : range.toMillis - DAY_MILLIS}
            onChange={(millis) =>
              onChange({ ...range, ...(millis === undefined ? {} : { toMillis: endOfDay(millis) }) })
            }
          />
        </>
      )}
    </>
  )
}

const OPTIONS = [
  { value: 'all', text: 'All time' },
  ...PRESET_DAYS.map((days) => ({ value: String(days), text: `Last ${days} days` })),
  { value: 'custom', text: 'From – to …' },
]
