import { html } from 'hono/html'
import { type Html, layout } from './layout.ts'

export const missingPage = (): Html =>
  layout('No such trace', html`<h1>No such trace</h1><p>It has not arrived. <a href="/">All traces</a></p>`)
