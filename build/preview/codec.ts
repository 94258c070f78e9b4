/*
 * The binding between page and shell carries JSON. Bytes travel as base64 under a key of their own, so that a paper
 * reaches the window the same way in both shells.
 */
const bytesKey = '$bytes'

export function encode(value: unknown): string {
  return JSON.stringify(value, (_key, item) => (item instanceof Uint8Array ? { [bytesKey]: toBase64(item) } : item))
}

export function decode(text: string): unknown {
  return JSON.parse(text, (_key, item) => {
    if (item === null || typeof item !== 'object' || !(bytesKey in item)) return item
    return fromBase64(String(item[bytesKey]))
  })
}

const chunk = 0x8000

function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += chunk) binary += String.fromCharCode(...bytes.subarray(at, at + chunk))
  return btoa(binary)
}

function fromBase64(text: string): Uint8Array {
  const binary = atob(text)
  const bytes = new Uint8Array(binary.length)
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at)
  return bytes
}
