/** What of the client is used, by name: a whole namespace, as `import()` gives it, cannot be cut down by a bundler. */
export { GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm'
