import { html } from 'hono/html'

export type Html = ReturnType<typeof html>

/** The frame of every page. Hono's `html` escapes whatever is put in that is not itself made by `html`. */
export const layout = (
  title: string,
  body: Html,
  options: { readonly refreshSeconds?: number } = {},
): Html => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${options.refreshSeconds ? html`<meta http-equiv="refresh" content="${options.refreshSeconds}">` : ''}
<title>${title}</title>
<link rel="stylesheet" href="/style.css">
<link rel="icon" href="data:,">
</head>
<body>
<header><a href="/">ValueStream</a></header>
<main>${body}</main>
</body>
</html>`
