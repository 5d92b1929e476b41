/** `GET /api/schema`, no parameters: what *Ask* may be asked of. */
export interface Schema {
  readonly tables: readonly {
    readonly name: string
    readonly meaning: string
    readonly columns: readonly { readonly name: string; readonly type: string; readonly meaning: string }[]
  }[]
  readonly examples: readonly { readonly title: string; readonly sql: string }[]
}

/** `POST /api/ask` with `{"sql": "…"}` and content type application/json. 400 with the database's own message. */
export interface Answer {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  /** Numbers where JSON holds them exactly, times as ISO text, everything else as text. */
  readonly rows: readonly (readonly (string | number | boolean | null)[])[]
  /** Whether there were more rows than are given. */
  readonly isCut: boolean
  readonly tookMillis: number
}
