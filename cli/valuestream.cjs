#!/usr/bin/env node
/**
 * Plain old JavaScript, so that a Node that is too old gets a sentence and not a syntax error. Everything else is
 * TypeScript, which tsx loads into this same process: with no second process there is no signal to pass on and no exit
 * code to translate.
 */
const { engines } = require('../package.json')

function refuse(sentence) {
  console.error(sentence)
  process.exit(1)
}

function isOlder(version, least) {
  const have = version.split('.').map(Number)
  const need = least.split('.').map(Number)
  const differs = need.findIndex((part, at) => part !== have[at])
  return differs !== -1 && have[differs] < need[differs]
}

const least = engines.node.replace('>=', '')
if (isOlder(process.versions.node, least)) {
  refuse(`ValueStream needs Node.js ${least} or newer, and this is ${process.versions.node}.`)
}

import('tsx/esm/api')
  .then(
    (tsx) => tsx.register(),
    (error) => {
      if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error
      refuse('The dependencies are not installed: run npm ci first.')
    },
  )
  .then(() => import('./main.ts'))
  .then((cli) => cli.main(process.argv.slice(2)))
  .catch((error) => {
    console.error(error)
    process.exit(1)
  })
