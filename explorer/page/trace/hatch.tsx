import type { JSX } from 'preact'

/** The pattern of waits, which every bar refers to. */
export const Hatch = (): JSX.Element => (
  <svg width="0" height="0" class="defs" aria-hidden="true">
    <defs>
      <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" class="hatch-back" />
        <rect width="2" height="6" class="hatch-line" />
      </pattern>
    </defs>
  </svg>
)
