import type { AttributeValue } from './attribute-value.ts'

/** Attributes that hold the address of what a span is about, the best first. */
const ADDRESSES = [
  'issue.url',
  'pull_request.url',
  'build.url',
  'cicd.pipeline.run.url.full',
  'deployment.url',
  'event.url',
  'cicd.pipeline.task.run.url.full',
]

/** The page of what a span is about. Only http and https: `javascript:` is an address as well. */
export const pageAddressOf = (attributes: Readonly<Record<string, AttributeValue>>): string | undefined =>
  ADDRESSES.map((name) => attributes[name])
    .filter((value) => typeof value === 'string')
    .find((text) => /^https?:\/\/[^\s]+$/i.test(text) && URL.canParse(text))
