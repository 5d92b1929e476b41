/** Something that marks some of the population's spans, with how many of them. */
export interface Candidate {
  /** `self`, or the operation of the other span. */
  readonly scope: string
  /** `*`: that there is such a span at all. */
  readonly name: string
  /** Undefined: whatever its value. */
  readonly value?: string
  readonly isAbsent: boolean
  readonly having: number
  readonly selectedHaving: number
  /**
   * What it is looked for on: the whole population, or of it the spans in whose trace there is such another span at all.
   * An issue without a deploy has no way to deploy, neither this nor another.
   */
  readonly within: Whole
  /** The exclusive or of the hashes of the spans that it marks: the same for the same spans. */
  readonly signature: bigint
  readonly source: Source
}

/** By what the spans that have it are found: an item, which may be the bin of a number, or a name. */
export interface Source {
  readonly kind: 'self' | 'others'
  readonly by: 'item' | 'bin' | 'name'
  readonly itemNo: number
  /** The item that stands for there being such another span, where it is looked for only there. */
  readonly withinNo?: number
}

/** The population: how many, how many of them selected, and the exclusive or of all hashes. */
export interface Whole {
  readonly count: number
  readonly selected: number
  readonly signature: bigint
}

export interface LeftOut {
  readonly scope: string
  readonly name: string
  readonly reason: string
}
