const LOCAL: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Whether an address is one of this machine, where the local stack may be. */
export const isLocalAddress = (address: string): boolean => LOCAL.has(new URL(address).hostname)
