// The AWS SDK's word about the Node versions of next year, once a test file.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'
/** Two kinds of tests: `npm test` runs all but the browser's, which need a Chromium (`npm run test:browser`). */

module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/browser/'],
  transform: {
    '\\.[jt]s$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
  // OpenTelemetry's transport loads node:http by import(), which Jest knows only where it has turned it into require();
  // octokit comes as modules alone.
  transformIgnorePatterns: [
    '/node_modules/(?!@opentelemetry/otlp-exporter-base/|@octokit/|universal-user-agent/|before-after-hook/|json-with-bigint/|content-type/)',
  ],
  testTimeout: 60_000,
}
