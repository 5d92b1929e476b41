import { styleText } from 'node:util'

export interface JsonOption {
  readonly json?: true
}

/** The one answer of a command on standard output: JSON for programs, or text for people. */
export const print = (value: unknown, { json }: JsonOption, text: () => string): void =>
  console.log(json === true ? JSON.stringify(value, undefined, 2) : text())

/** In colour where standard output is a terminal and NO_COLOR does not say otherwise. */
export const coloured = (style: Parameters<typeof styleText>[0], text: string): string =>
  styleText(style, text, { stream: process.stdout })
