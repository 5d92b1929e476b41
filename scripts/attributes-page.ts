import { ATTRIBUTES } from '../lib/delivery/attributes.ts'
import { HAPPENINGS } from '../lib/delivery/happening.ts'

/** The page `docs/attributes.md`, from the one table of attributes. */
export const attributesPage = (): string => {
  const rows = [...ATTRIBUTES]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, type, on, meaning }) => `| \`${name}\` | ${type} | ${on.join(', ')} | ${meaning} |`)
  const events = Object.entries(HAPPENINGS).map(([name, meaning]) => `| \`${name}\` | ${meaning} |`)
  return `${HEAD}\n${rows.join('\n')}\n${EVENTS}\n${events.join('\n')}\n`
}

const HEAD = `# Attributes

Every attribute that ValueStream puts on a span. Generated from \`lib/delivery/attributes.ts\` by \`npm run docs\`; a test
holds the two together. \`scm.*\`, \`build.*\`, \`issue.*\` and \`user.*\` are ValueStream's names, which saved queries hold;
\`vcs.*\`, \`cicd.*\`, \`deployment.*\` and \`error.type\` are OpenTelemetry's (semantic conventions 1.44).

The span names are \`issue\`, \`pull_request\`, \`build\`, \`deploy\` and the types of custom events (\`incident\`, …), for which
\`custom\` stands below. The resource has \`service.name\` (\`github\`, \`jenkins\` or a custom event's source) and, of the attributes below, \`vcs.provider.name\`, \`vcs.owner.name\`, \`vcs.repository.name\`,
\`vcs.repository.url.full\` and \`cicd.pipeline.name\`. The status is ERROR when the result is failure, error or timeout. A link
bears \`valuestream.link.reason\`: one of the ways of [linking](linking.md), or \`carried\` (a pull request that a deploy brought),
\`reopened\` (the episode before) or \`former_trace\` (where a corrected span was before).

| attribute | type | on | meaning |
|---|---|---|---|`

const EVENTS = `
## Events of a span

| event | meaning |
|---|---|`
