import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { findFontFiles } from '#electron/documents/font-files.ts'
import { root } from './paths.ts'

/** What an open family brings into a package: the faces papers use, and where the building machine keeps its licence. */
interface Family {
  readonly folder: string
  /** PostScript names, with what prints in each. */
  readonly faces: Readonly<Record<string, string>>
  readonly licences: readonly string[]
}

/** 仿宋 and 楷体 come with Debian's packages texlive-lang-chinese and fonts-lxgw-wenkai, not with npm. */
const families: readonly Family[] = [
  {
    folder: 'fandol',
    faces: { 'FandolFang-Regular': '仿宋', 'FandolKai-Regular': '楷体' },
    licences: [
      '/usr/share/fonts/opentype/fandol/COPYING.gz',
      '/usr/share/fonts/opentype/fandol/README',
      '/usr/share/doc/texlive-doc/fonts/fandol/COPYING.gz',
      '/usr/share/doc/texlive-doc/fonts/fandol/README',
    ],
  },
  {
    folder: 'lxgw-wenkai',
    faces: { 'LXGWWenKai-Regular': '人名中的生僻字' },
    licences: ['/usr/share/doc/fonts-lxgw-wenkai/copyright'],
  },
]

/** Where the hook leaves what electron-builder.yml takes into the package. */
const gathered = join(root, 'out', 'package-fonts')

/**
 * electron-builder's beforePack hook: gathers the open 仿宋 and 楷体 of the building machine with their licences, trimmed
 * to the faces papers use. A face without its licence is left out; what is missing is said, and such a package prints in
 * the substitute it shows.
 */
export default function beforePack(): void {
  rmSync(gathered, { recursive: true, force: true })
  mkdirSync(gathered, { recursive: true })
  const found = findFontFiles([])
  for (const { folder, faces, licences } of families) {
    const texts = licences.filter((file) => existsSync(file))
    for (const [name, prints] of Object.entries(faces)) {
      const face = found.find((one) => one.postscriptName === name)
      if (face === undefined || texts.length === 0) {
        const what = face === undefined ? 'is not' : 'has no licence text'
        console.warn(`fonts: ${name} (${prints}) ${what} on this machine; the package goes without it`)
        continue
      }
      mkdirSync(join(gathered, folder), { recursive: true })
      copyFileSync(face.file, join(gathered, folder, basename(face.file)))
      for (const file of texts) {
        const bytes = readFileSync(file)
        const plain = file.endsWith('.gz') ? gunzipSync(bytes) : bytes
        writeFileSync(join(gathered, folder, basename(file, '.gz')), plain)
      }
    }
  }
}
