/**
 * A table in memory, as far as the store uses one, with the capacity units that DynamoDB would charge. An expression that
 * is not known here is an error, so that none is let through without being looked at.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */

/** Bytes of an attribute's value. */
const size = (value) => {
  const [type, of] = Object.entries(value)[0]
  if (type === 'S') return Buffer.byteLength(of)
  if (type === 'N') return Math.ceil(of.replace(/[-.]/g, '').length / 2) + 1
  if (type === 'L') return 3 + of.reduce((sum, each) => sum + size(each) + 1, 0)
  if (type === 'M')
    return 3 + Object.entries(of).reduce((sum, [name, each]) => sum + Buffer.byteLength(name) + size(each) + 1, 0)
  return 1
}
const itemSize = (item) =>
  item === undefined
    ? 0
    : Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + size(value), 0)

const INDEXES = [
  ['dueShard', 'dueMillis', 'unsentMillis'],
  ['changedShard', 'changedMillis', 'version'],
]

/** A unit for each kilobyte of the larger item, and one or two for each index that the write changes. */
const writeUnits = (before, after) => {
  const own = Math.max(1, Math.ceil(Math.max(itemSize(before), itemSize(after)) / 1024))
  const indexes = INDEXES.map((names) => {
    const [old, now] = [before, after].map((item) =>
      item?.[names[0]] === undefined ? undefined : names.map((name) => item[name]),
    )
    if (JSON.stringify(old) === JSON.stringify(now)) return 0
    const moves =
      old !== undefined && now !== undefined && JSON.stringify(old.slice(0, 2)) !== JSON.stringify(now.slice(0, 2))
    return moves ? 2 : 1
  })
  return indexes.reduce((sum, units) => sum + units, own)
}
/** The assignments that are made here: a value, one where there is none, an end to a list, one more. */
const ASSIGNMENT =
  /(#?\w+) = (:\w+|list_append\(if_not_exists\(#\w+, :\w+\), :\w+\)|if_not_exists\(#\w+, :zero\) \+ :one|if_not_exists\(#\w+, :\w+\))/g
const readUnits = (item) => Math.max(1, Math.ceil(itemSize(item) / 4096))

const operations = () => {
  const items = new Map()
  const at = ({ pk, sk }) => `${pk.S}\n${sk.S}`
  const nothing = { read: 0, write: 0 }
  const failed = (before) => ({
    units: { read: 0, write: Math.max(1, Math.ceil(itemSize(before) / 1024)) },
    error: 'ConditionalCheckFailedException',
  })

  const holds = (
    before,
    { ConditionExpression: condition, ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} },
  ) => {
    const number = (value) => Number(value?.N)
    switch (condition) {
      case undefined:
        return true
      case 'attribute_not_exists(pk)':
        return before === undefined
      case 'attribute_not_exists(#told) OR size(#told) < :most':
        return (before?.told?.L.length ?? 0) < number(values[':most'])
      case '#version = :before AND attribute_not_exists(#told) AND attribute_not_exists(#lease)':
        return (
          before?.told === undefined &&
          before?.lease === undefined &&
          number(before?.version) === number(values[':before'])
        )
      case '#version = :before AND (attribute_exists(#told) OR attribute_exists(#lease))':
        return (before?.told ?? before?.lease) !== undefined && number(before?.version) === number(values[':before'])
      case '#version = :version':
        return number(before?.version) === number(values[':version'])
      case 'attribute_not_exists(pk) OR #version <= :version':
        return before === undefined || number(before.version) <= number(values[':version'])
      case 'attribute_not_exists(#attribute) OR #attribute.#version <= :version': {
        const member = before?.[names['#attribute']]?.M
        return member === undefined || number(member.version) <= number(values[':version'])
      }
      case '#version = :version AND dueMillis = :due':
        return (
          number(before?.version) === number(values[':version']) && number(before?.dueMillis) === number(values[':due'])
        )
      default:
        throw new Error(`an unknown condition: ${condition}`)
    }
  }

  const updated = (
    before,
    {
      Key: key,
      UpdateExpression: update,
      ExpressionAttributeNames: names = {},
      ExpressionAttributeValues: values = {},
    },
  ) => {
    const after = { ...key, ...before }
    for (const [, path, expression] of update.matchAll(ASSIGNMENT)) {
      const name = names[path] ?? path
      const value = values[/:\w+$|:\w+(?=\)$)/.exec(expression)?.[0]]
      if (expression.startsWith('list_append')) after[name] = { L: [...(before?.[name]?.L ?? []), ...value.L] }
      else if (expression.endsWith(' + :one')) after[name] = { N: String(Number(before?.[name]?.N ?? 0) + 1) }
      else if (expression.startsWith('if_not_exists')) after[name] = before?.[name] ?? value
      else after[name] = value
    }
    for (const path of /REMOVE (.+)$/.exec(update)?.[1].split(', ') ?? []) delete after[names[path] ?? path]
    return after
  }

  const put = (key, before, after, input) => {
    if (!holds(before, input)) return failed(before)
    items.set(key, after)
    return {
      units: { read: 0, write: writeUnits(before, after), item: itemSize(after) },
      result: input.ReturnValues === 'ALL_NEW' ? { Attributes: after } : {},
    }
  }

  return {
    /** Copies contexts under other keys until there are so many. */
    fill: (count) => {
      const contexts = [...items.values()].filter(({ pk }) => pk.S.startsWith('context#'))
      for (let copy = contexts.length; contexts.length > 0 && copy < count; copy += 1) {
        const item = contexts[copy % contexts.length]
        const pk = { S: `${item.pk.S}-${copy}` }
        items.set(at({ ...item, pk }), { ...item, pk })
      }
    },
    BatchGetItem: ({ RequestItems: requested }) => {
      const [name, { Keys: keys }] = Object.entries(requested)[0]
      const found = keys.map((key) => items.get(at(key)))
      return {
        units: { read: found.reduce((sum, item) => sum + readUnits(item), 0), write: 0 },
        result: { Responses: { [name]: found.filter((item) => item !== undefined) }, UnprocessedKeys: {} },
      }
    },
    GetItem: ({ Key: key }) => ({
      units: { read: readUnits(items.get(at(key))), write: 0 },
      result: { Item: items.get(at(key)) },
    }),
    PutItem: (input) => put(at(input.Item), items.get(at(input.Item)), input.Item, input),
    UpdateItem: (input) => {
      const before = items.get(at(input.Key))
      return put(at(input.Key), before, updated(before, input), input)
    },
    DeleteItem: (input) => {
      const before = items.get(at(input.Key))
      if (!holds(before, input)) return failed(before)
      items.delete(at(input.Key))
      return { units: { read: 0, write: writeUnits(before, undefined) }, result: {} }
    },
    Query: ({ IndexName: index, ExpressionAttributeValues: values, Limit: limit = 1000 }) => {
      if (index !== 'due') return { units: { ...nothing, read: 1 }, result: { Items: [] } }
      const due = [...items.values()].filter(
        ({ dueShard, dueMillis }) =>
          dueShard?.S === values[':shard'].S &&
          (values[':until'] === undefined || Number(dueMillis.N) <= Number(values[':until'].N)),
      )
      const page = due.sort((a, b) => Number(a.dueMillis.N) - Number(b.dueMillis.N)).slice(0, limit)
      return {
        units: { ...nothing, read: Math.max(0.5, page.length / 50) },
        result: { Items: page.map(({ pk, sk, dueMillis, unsentMillis }) => ({ pk, sk, dueMillis, unsentMillis })) },
      }
    },
  }
}

module.exports = { operations }
