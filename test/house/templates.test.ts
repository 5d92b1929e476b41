import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import * as z from 'zod/mini'

const FOLDER = '.github/ISSUE_TEMPLATE'
const forms = readdirSync(FOLDER).filter((name) => name !== 'config.yml')

/** @see https://docs.github.com/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema */
const element = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('markdown'), attributes: z.strictObject({ value: z.string() }) }),
  z.strictObject({
    type: z.literal('dropdown'),
    id: z.string(),
    attributes: z.strictObject({ label: z.string(), options: z.array(z.string()) }),
    validations: z.optional(z.strictObject({ required: z.boolean() })),
  }),
  ...(['textarea', 'input'] as const).map((type) =>
    z.strictObject({
      type: z.literal(type),
      id: z.string(),
      attributes: z.strictObject({
        label: z.string(),
        description: z.optional(z.string()),
        placeholder: z.optional(z.string()),
        render: z.optional(z.string()),
      }),
      validations: z.optional(z.strictObject({ required: z.boolean() })),
    }),
  ),
])
const form = z.strictObject({
  name: z.string(),
  description: z.string(),
  labels: z.array(z.string()),
  body: z.array(element),
})

it.each(forms)('%s is a form that GitHub takes', (name) => {
  expect(() => z.parse(form, parse(readFileSync(`${FOLDER}/${name}`, 'utf8')))).not.toThrow()
})

it('has a form for what is wrong and one for ideas', () => {
  expect(forms.sort()).toEqual(['bug.yml', 'idea.yml'])
})
