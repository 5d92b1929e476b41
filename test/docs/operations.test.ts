import { readFileSync } from 'node:fs'
import { METRICS } from '../../lib/lambda/metrics.ts'

const page = readFileSync('docs/operations.md', 'utf8')
const section = (title: string): string => new RegExp(`## ${title}\n([\\s\\S]*?)(?=\n## |$)`).exec(page)?.[1] ?? ''
const FUNCTIONS = /`<function>`\s+is ([^.]*)\./.exec(page)?.[1] ?? ''

/** Names in the first column; `<function>` stands for each function. */
const namesIn = (text: string): readonly string[] =>
  [...text.matchAll(/^\| (`[^|]*`) \|/gm)]
    .flatMap(([, cell = '']) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name))
    .flatMap((name) =>
      name.startsWith('<function>')
        ? [...FUNCTIONS.matchAll(/`(\w+)`/g)].map(([, one]) => name.replace('<function>', one ?? ''))
        : [name],
    )

describe('the page on operations', () => {
  it('tells of every alarm of the templates what to do, and of no other', () => {
    const templates = ['alarms', 'queue', 'comment'].map((name) => readFileSync(`infra/${name}.yml`, 'utf8')).join()
    const named = [...templates.matchAll(/AlarmName: \$\{self:service\}-\$\{sls:stage\}-([\w-]+)/g)].map(
      ([, name]) => name,
    )
    expect([...namesIn(section('Alarms'))].sort()).toEqual(named.sort())
  })

  it('tells of every metric what it counts, and of no other', () => {
    expect([...namesIn(section('Metrics'))].sort()).toEqual(Object.keys(METRICS).sort())
  })
})
