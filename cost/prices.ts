/**
 * AWS's list prices in us-east-1 in US dollars, without free tiers, as of November 2026.
 *
 * @see https://aws.amazon.com/api-gateway/pricing/
 * @see https://aws.amazon.com/lambda/pricing/
 * @see https://aws.amazon.com/dynamodb/pricing/on-demand/
 * @see https://aws.amazon.com/cloudwatch/pricing/
 */
export const PRICES = {
  /** An HTTP API, a request of up to 512 KB. */
  apiRequest: 1.0 / 1e6,
  lambdaRequest: 0.2 / 1e6,
  /** On arm64. */
  lambdaGigabyteSecond: 0.0000133334,
  writeUnit: 0.625 / 1e6,
  readUnit: 0.125 / 1e6,
  /** The table's storage, and that of its restorable copies. */
  tableGigabyteMonth: 0.25 + 0.2,
  logGigabyte: 0.5,
  metricMonth: 0.3,
  alarmMonth: 0.1,
  /** Standard parameters at standard throughput. */
  parameter: 0,
  /** To a backend on the internet. */
  outGigabyte: 0.09,
} as const

/** The share of a processor that a function has by its memory: one whole at 1,769 MB. */
export const MEGABYTES_A_PROCESSOR = 1_769
