import { fail } from '#shared/contract/errors.ts'

/** What a reader of XML meets, in document order; names without their prefix. */
export interface XmlReader {
  open(name: string, attributes: ReadonlyMap<string, string>): void
  text(text: string): void
  close(name: string): void
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const depthLimit = 64

/**
 * Walks XML without building anything. There is no DTD and so no entity but the five of XML and characters by number:
 * a document type is refused by name (entity bombs, external entities). Errors: `parsing.xmlDoctype`, `parsing.xmlBroken`.
 */
export function walkXml(source: string, reader: XmlReader): void {
  const open: string[] = []
  const broken = (): never => fail('parsing.xmlBroken')
  let at = 0
  while (at < source.length) {
    const start = source.indexOf('<', at)
    if (start < 0) {
      if (source.slice(at).trim() !== '') broken()
      break
    }
    if (start > at && open.length > 0) reader.text(decode(source.slice(at, start)))
    if (source.startsWith('<!--', start)) at = after(source, '-->', start)
    else if (source.startsWith('<![CDATA[', start)) {
      at = after(source, ']]>', start)
      reader.text(source.slice(start + 9, at - 3))
    } else if (source.startsWith('<?', start)) at = after(source, '?>', start)
    else if (source.startsWith('<!', start)) fail('parsing.xmlDoctype')
    else {
      at = after(source, '>', start)
      const tag = source.slice(start + 1, at - 1)
      if (tag.startsWith('/')) {
        const name = local(tag.slice(1).trim())
        if (open.pop() !== name) broken()
        reader.close(name)
      } else {
        const empty = tag.endsWith('/')
        const match = /^([^\s/>]+)([\s\S]*?)\/?$/.exec(tag)
        const name = local(match?.[1] ?? broken())
        if (open.length >= depthLimit) broken()
        reader.open(name, attributesOf(match?.[2] ?? ''))
        if (empty) reader.close(name)
        else open.push(name)
      }
    }
  }
  if (open.length > 0) broken()
}

function after(source: string, mark: string, from: number): number {
  const found = source.indexOf(mark, from)
  return found < 0 ? fail('parsing.xmlBroken') : found + mark.length
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

function attributesOf(text: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const [, name = '', , value = ''] of text.matchAll(/([^\s=]+)\s*=\s*(["'])([\s\S]*?)\2/g))
    found.set(local(name), decode(value))
  return found
}

function decode(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));/g,
    (_, hex?: string, number?: string, name?: string) => {
      if (name !== undefined) return entities[name] ?? fail('parsing.xmlDoctype')
      const point = hex === undefined ? Number(number) : Number.parseInt(hex, 16)
      return point <= 0x10ffff ? String.fromCodePoint(point) : fail('parsing.xmlBroken')
    },
  )
}
