/** The page as it is served: the document under every view's address, its script and its style under `/assets/`. */
export interface PageFiles {
  readonly html: string
  readonly js: string
  readonly css: string
}
