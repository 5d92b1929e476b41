/** Loads a bundled function as Lambda does, handles `count` events of a kind, and tells what that took. */
const { readFileSync } = require('node:fs')

const [, , bundle, eventsFile] = process.argv
const events = JSON.parse(readFileSync(eventsFile, 'utf8'))

const millis = (from) => Number(process.hrtime.bigint() - from) / 1e6
const cpuMillis = (from) => {
  const { user, system } = process.cpuUsage(from)
  return (user + system) / 1000
}

const main = async () => {
  const loading = process.hrtime.bigint()
  const { handler } = require(bundle)
  const loadMillis = millis(loading)
  const first = process.hrtime.bigint()
  await check(handler, events[0])
  const firstMillis = millis(first)
  for (const event of events.slice(1, 101)) await check(handler, event)
  await fetchCalls()
  const rest = events.slice(101)
  const cpu = process.cpuUsage()
  for (const event of rest) await check(handler, event)
  const warmCpuMillis = cpuMillis(cpu) / rest.length
  const calls = Object.fromEntries(Object.entries(await fetchCalls()).map(([name, n]) => [name, n / rest.length]))
  process.stdout.write(`${JSON.stringify({ loadMillis, firstMillis, warmCpuMillis, calls })}\n`)
}

const check = async (handler, event) => {
  const { statusCode, body } = await handler(event)
  if (statusCode !== 202) throw new Error(`answered ${statusCode}: ${body}`)
}

const fetchCalls = () =>
  new Promise((resolve, reject) => {
    require('node:http')
      .get(`${process.env.AWS_ENDPOINT_URL_DYNAMODB}/calls`, (response) => {
        let text = ''
        response.on('data', (chunk) => {
          text += chunk
        })
        response.on('end', () => resolve(JSON.parse(text)))
      })
      .on('error', reject)
  })

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`)
  process.exitCode = 1
})
