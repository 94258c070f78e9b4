import { createHash } from 'node:crypto'
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

/** Ways to tamper with an opened bundle, and the check that must name each. Paths are relative to the bag. */
export interface Tampering {
  readonly name: string
  readonly failing: string
  apply(bag: string): void
}

function flip(file: string): void {
  const bytes = readFileSync(file)
  const at = Math.floor(bytes.length / 2)
  bytes[at] = (bytes[at] ?? 0) ^ 1
  writeFileSync(file, bytes)
}

/** Replaces a digest in the manifests by that of the file as it is now, as a forger would. */
function relist(bag: string, path: string, manifests: 'manifest' | 'tagmanifest'): void {
  for (const algorithm of ['sha256', 'sha512']) {
    const manifest = join(bag, `${manifests}-${algorithm}.txt`)
    const digest = createHash(algorithm)
      .update(readFileSync(join(bag, path)))
      .digest('hex')
    const lines = readFileSync(manifest, 'utf8').split('\n')
    writeFileSync(manifest, lines.map((line) => (line.endsWith(`  ${path}`) ? `${digest}  ${path}` : line)).join('\n'))
  }
}

const minutes = 'data/papers/minutes-01.pdf'
const notice = 'data/papers/notice-01.pdf'

function edit(bag: string, path: string, change: (text: string) => string): void {
  const file = join(bag, path)
  const before = readFileSync(file, 'utf8')
  const after = change(before)
  if (after === before) throw new Error(`nothing to change in ${path}`)
  writeFileSync(file, after)
}

/** A change of a file's text whose new digest the forger has put on the manifests. */
function relisted(path: string, manifests: 'manifest' | 'tagmanifest', change: (text: string) => string) {
  return (bag: string): void => {
    edit(bag, path, change)
    relist(bag, path, manifests)
  }
}

/** Puts a new file on both tag manifests, as a forger would. */
function list(bag: string, path: string, manifests: 'manifest' | 'tagmanifest'): void {
  for (const algorithm of ['sha256', 'sha512']) {
    const digest = createHash(algorithm)
      .update(readFileSync(join(bag, path)))
      .digest('hex')
    appendFileSync(join(bag, `${manifests}-${algorithm}.txt`), `${digest}  ${path}\n`)
  }
}

export const tamperings: readonly Tampering[] = [
  { name: 'a changed byte in a paper', failing: 'digests', apply: (bag) => flip(join(bag, minutes)) },
  { name: 'a missing paper', failing: 'missing', apply: (bag) => rmSync(join(bag, minutes)) },
  {
    name: 'an added paper',
    failing: 'unlisted',
    apply: (bag) => writeFileSync(join(bag, 'data/papers/extra.pdf'), '%PDF'),
  },
  {
    name: 'an added tag file',
    failing: 'unlisted',
    apply: (bag) => writeFileSync(join(bag, 'reports/extra.pdf'), '%PDF'),
  },
  {
    name: 'a changed title',
    failing: 'digests',
    apply: (bag) => {
      const file = join(bag, 'titles.json')
      writeFileSync(file, readFileSync(file, 'utf8').replace('纪要', '记要'))
    },
  },
  {
    name: 'a changed paper with its manifests rewritten',
    failing: 'digests',
    apply: (bag) => {
      flip(join(bag, minutes))
      relist(bag, minutes, 'manifest')
    },
  },
  {
    name: 'a changed paper with every manifest rewritten',
    failing: 'signature',
    apply: (bag) => {
      flip(join(bag, minutes))
      relist(bag, minutes, 'manifest')
      for (const algorithm of ['sha256', 'sha512']) relist(bag, `manifest-${algorithm}.txt`, 'tagmanifest')
    },
  },
  { name: 'a changed signature', failing: 'signature', apply: (bag) => flip(join(bag, 'signature.p7s')) },
  { name: 'no signature', failing: 'layout', apply: (bag) => rmSync(join(bag, 'signature.p7s')) },
  {
    name: 'another recipient in the delivery',
    failing: 'digests',
    apply: (bag) => {
      const file = join(bag, 'delivery.json')
      writeFileSync(file, readFileSync(file, 'utf8').replace('某市档案馆', '某县档案馆'))
    },
  },
  {
    name: 'a manifest with a foreign line',
    failing: 'manifests',
    apply: (bag) => appendFileSync(join(bag, 'manifest-sha256.txt'), 'x  ../../etc/passwd\n'),
  },
  {
    name: 'a changed bag declaration',
    failing: 'layout',
    apply: (bag) => writeFileSync(join(bag, 'bagit.txt'), 'BagIt-Version: 0.97\n'),
  },
  {
    name: 'a list of files to fetch from elsewhere, listed',
    failing: 'layout',
    apply: (bag) => {
      writeFileSync(join(bag, 'fetch.txt'), `https://example.invalid/a 4 ${minutes}\n`)
      list(bag, 'fetch.txt', 'tagmanifest')
    },
  },
  {
    name: 'a paper in a folder of another name',
    failing: 'layout',
    apply: (bag) => {
      mkdirSync(join(bag, 'data/other'))
      renameSync(join(bag, minutes), join(bag, 'data/other/minutes-01.pdf'))
    },
  },
  {
    name: 'a twin that differs only in case, listed',
    failing: 'manifests',
    apply: (bag) => {
      const twin = 'data/papers/MINUTES-01.pdf'
      writeFileSync(join(bag, twin), '%PDF')
      list(bag, twin, 'manifest')
    },
  },
  {
    name: 'a manifest line twice',
    failing: 'manifests',
    apply: (bag) => list(bag, minutes, 'manifest'),
  },
  {
    name: 'digests in capitals',
    failing: 'manifests',
    apply: (bag) =>
      edit(bag, 'manifest-sha256.txt', (text) => text.replace(/^[0-9a-f]{64}/gm, (hex) => hex.toUpperCase())),
  },
  {
    name: 'a manifest with carriage returns',
    failing: 'manifests',
    apply: (bag) => edit(bag, 'manifest-sha256.txt', (text) => text.replaceAll('\n', '\r\n')),
  },
  {
    name: 'a manifest that begins with a byte order mark',
    failing: 'manifests',
    apply: (bag) => edit(bag, 'manifest-sha512.txt', (text) => `\uFEFF${text}`),
  },
  {
    name: 'a manifest that is not UTF-8',
    failing: 'manifests',
    apply: (bag) => appendFileSync(join(bag, 'manifest-sha256.txt'), Buffer.of(0xff, 0xfe, 0x0a)),
  },
  {
    name: 'one of two manifests gone',
    failing: 'layout',
    apply: (bag) => rmSync(join(bag, 'manifest-sha512.txt')),
  },
  {
    name: 'only the shorter digest rewritten',
    failing: 'digests',
    apply: (bag) => {
      const sha512 = readFileSync(join(bag, 'manifest-sha512.txt'))
      flip(join(bag, minutes))
      relist(bag, minutes, 'manifest')
      writeFileSync(join(bag, 'manifest-sha512.txt'), sha512)
    },
  },
  { name: 'a paper cut short', failing: 'digests', apply: (bag) => truncateSync(join(bag, minutes), 12) },
  { name: 'a paper emptied', failing: 'counts', apply: (bag) => truncateSync(join(bag, minutes), 0) },
  { name: 'a byte added to a paper', failing: 'digests', apply: (bag) => appendFileSync(join(bag, minutes), '\n') },
  {
    name: 'one paper in the place of another',
    failing: 'digests',
    apply: (bag) => copyFileSync(join(bag, notice), join(bag, minutes)),
  },
  { name: 'the package description gone', failing: 'layout', apply: (bag) => rmSync(join(bag, 'eep.xml')) },
  {
    name: 'another level in the package description',
    failing: 'digests',
    apply: (bag) => edit(bag, 'eep.xml', (text) => text.replaceAll('秘密', '非密')),
  },
  {
    name: 'another level in the package description, relisted',
    failing: 'signature',
    apply: relisted('eep.xml', 'tagmanifest', (text) => text.replaceAll('秘密', '非密')),
  },
  {
    name: 'another count, relisted',
    failing: 'counts',
    apply: relisted('bag-info.txt', 'tagmanifest', (text) => text.replace(/Payload-Oxum: .*/, 'Payload-Oxum: 1.1')),
  },
  {
    name: 'another sequence in the delivery, relisted',
    failing: 'signature',
    apply: relisted('delivery.json', 'tagmanifest', (text) => text.replace('"sequence": 1', '"sequence": 2')),
  },
  {
    name: 'a delivery that is no JSON, relisted',
    failing: 'delivery',
    apply: (bag) => {
      writeFileSync(join(bag, 'delivery.json'), '{')
      relist(bag, 'delivery.json', 'tagmanifest')
    },
  },
  {
    name: 'a paper without a title, relisted',
    failing: 'titles',
    apply: relisted('titles.json', 'tagmanifest', (text) => text.replace(minutes, 'data/papers/minutes-02.pdf')),
  },
  { name: 'an empty signature', failing: 'signature', apply: (bag) => truncateSync(join(bag, 'signature.p7s'), 0) },
  {
    name: 'a signature cut short',
    failing: 'signature',
    apply: (bag) => truncateSync(join(bag, 'signature.p7s'), 400),
  },
  {
    name: 'another certificate beside the page',
    failing: 'digests',
    apply: (bag) => copyFileSync(join(bag, 'verify/signer.crt.pem'), join(bag, 'verify/ca.crt.pem')),
  },
  {
    name: 'a changed page',
    failing: 'digests',
    apply: (bag) => edit(bag, 'verify/index.html', (text) => text.replace('不联网', '请联网')),
  },
  { name: 'a report gone', failing: 'missing', apply: (bag) => rmSync(join(bag, 'reports/four-property.pdf')) },
]
