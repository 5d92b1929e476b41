import type { AttributeValue } from './attribute-value.ts'

interface Titled {
  readonly name: string
  readonly attributes: Readonly<Record<string, AttributeValue>>
}

/** What tells a span from others of its name, in a person's words: `acme/shop#12 Cart total is wrong`. */
export const titleOf = ({ attributes, name }: Titled): string => {
  const text = (attribute: string): string | undefined => {
    const value = attributes[attribute]
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
  }
  const repository = [text('vcs.owner.name'), text('vcs.repository.name')].filter(Boolean).join('/')
  const number = text('issue.number') ?? text('vcs.change.id')
  if (number) return [`${repository}#${number}`, text('issue.title') ?? text('vcs.change.title')].join(' ').trim()
  const job = text('cicd.pipeline.name')
  if (job) return [job, text('cicd.pipeline.run.id')].filter(Boolean).join(' #')
  return text('event.title') ?? name
}
