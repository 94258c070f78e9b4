/** Largest request through the door: papers and attachments come in by path, never as bytes. */
const maxBytes = 8 * 1024 * 1024
const maxDepth = 24
const maxValues = 200_000

/** Which limit of a request is exceeded, or null. Counts without copying, before any schema looks at it. */
export function measure(value: unknown): 'bytes' | 'depth' | 'values' | null {
  let bytes = 0
  let values = 0
  const stack: Array<readonly [value: unknown, depth: number]> = [[value, 0]]
  for (let next = stack.pop(); next; next = stack.pop()) {
    const [item, depth] = next
    values += 1
    if (depth > maxDepth) return 'depth'
    if (values > maxValues) return 'values'
    if (typeof item === 'string') bytes += item.length * 2
    else if (ArrayBuffer.isView(item)) bytes += item.byteLength
    else if (item instanceof ArrayBuffer) bytes += item.byteLength
    else if (typeof item === 'object' && item !== null) {
      for (const [key, inner] of Object.entries(item)) {
        bytes += key.length * 2
        stack.push([inner, depth + 1])
      }
    }
    if (bytes > maxBytes) return 'bytes'
  }
  return null
}
