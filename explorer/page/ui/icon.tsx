import type { JSX } from 'preact'

const PATHS = {
  sun: 'M8 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7ZM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1',
  moon: 'M13.5 9.6A5.8 5.8 0 1 1 6.4 2.5a4.6 4.6 0 0 0 7.1 7.1Z',
  contrast: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2Zm0 0v12M8 5h4.8M8 8h6M8 11h4.8',
  close: 'M4 4l8 8M12 4l-8 8',
  plus: 'M8 3v10M3 8h10',
  external: 'M9 3h4v4M13 3 7 9M11 10v3H3V5h3',
  refresh: 'M13 8a5 5 0 1 1-1.6-3.7M13 2.5v2.8h-2.8',
  filter: 'M2.5 4h11M4.5 8h7M6.5 12h3',
  group: 'M3 3.5h10M3 8h6M3 12.5h3',
  exclude: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM4 12l8-8',
  down: 'M4 6l4 4 4-4',
  right: 'M6 4l4 4-4 4',
  alert: 'M8 2.2 14.5 13.5h-13L8 2.2ZM8 6.5v3.2M8 11.6v.4',
  play: 'M5 3.2v9.6L12.8 8 5 3.2Z',
  copy: 'M6 6h7v7H6zM3 10V3h7',
  download: 'M8 2.5v7.5M4.8 7 8 10.2 11.2 7M3 13.5h10',
} as const

export type IconName = keyof typeof PATHS

/** An ornament: the name of what it stands for is in the text beside it, or on its button. */
export const Icon = ({ name }: { readonly name: IconName }): JSX.Element => (
  <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
    <path d={PATHS[name]} />
  </svg>
)
