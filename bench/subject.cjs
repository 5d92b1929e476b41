/**
 * Loads a function's file as Lambda does, hands it events, and tells what that took. Waits for instructions from its parent by
 * the arguments: the file, and a file with the events of a phase that is not measured and of one that is.
 */
const { existsSync, readFileSync } = require('node:fs')

const [, , file, eventsFile, inFlight = '1'] = process.argv
const { before, events } = JSON.parse(readFileSync(eventsFile, 'utf8'))
const invocation = { awsRequestId: 'bench', getRemainingTimeInMillis: () => 60_000 }

/** Since the process began. Not `performance`, since what Node loads for that would be taken for the function's. */
const millis = () => process.uptime() * 1000

const main = async () => {
  const begun = millis()
  const { handler } = require(file)
  const loaded = millis()
  await new Promise(setImmediate)
  const ready = millis()
  const [first, ...more] = [...before, ...events]
  await check(handler, first)
  const answered = millis()
  const cold = {
    loadMillis: loaded - begun,
    readyMillis: ready - loaded,
    firstMillis: answered - ready,
    // From the start of the process, Node's own included.
    totalMillis: answered,
    peakMegabytes: peakMegabytes(),
  }
  const warming = before.length === 0 ? [] : more.slice(0, before.length - 1)
  const measured = more.slice(warming.length)
  for (const event of warming) await check(handler, event)
  await figures()
  const latencies = []
  const cpu = process.cpuUsage()
  await inTurn(measured, Number(inFlight), async (event) => {
    const from = millis()
    await check(handler, event)
    latencies.push(millis() - from)
  })
  const { user, system } = process.cpuUsage(cpu)
  latencies.sort((a, b) => a - b)
  const warm = {
    cpuMillis: (user + system) / 1000 / Math.max(1, measured.length),
    p50Millis: latencies[Math.floor(measured.length * 0.5)],
    p99Millis: latencies[Math.floor(measured.length * 0.99)],
    peakMegabytes: peakMegabytes(),
  }
  process.stdout.write(`${JSON.stringify({ cold, warm, events: measured.length, ...(await figures()) })}\n`)
  process.exit(0)
}

/** The most memory that there was. Not `maxRSS` where the kernel tells more: it begins with what the parent had at the fork. */
const peakMegabytes = () => {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : ''
  const [, kilobytes = process.resourceUsage().maxRSS] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? []
  return Number(kilobytes) / 1024
}

const inTurn = async (all, width, work) => {
  let next = 0
  const worker = async () => {
    while (next < all.length) {
      next += 1
      await work(all[next - 1])
    }
  }
  await Promise.all(Array.from({ length: width }, worker))
}

const check = async (handler, event) => {
  const answer = await handler(event, invocation)
  if (answer?.statusCode !== undefined && answer.statusCode !== 202)
    throw new Error(`answered ${answer.statusCode}: ${answer.body}`)
}

/** What the stub was asked since the last time. */
const figures = () =>
  new Promise((resolve, reject) => {
    // Not before: what the function does not load by itself is its own time.
    require('node:https')
      .request(`${process.env.BENCH_STUB}/figures`, (response) => {
        let text = ''
        response.on('data', (chunk) => {
          text += chunk
        })
        response.on('end', () => resolve(JSON.parse(text)))
      })
      .on('error', reject)
      .end()
  })

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`)
  process.exit(1)
})
