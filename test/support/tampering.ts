import { createHash } from 'node:crypto'
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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
]
