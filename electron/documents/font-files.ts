import { closeSync, type Dirent, openSync, readdirSync, readSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

/** One face in a font file. A collection (.ttc) holds several. */
export interface FontFile {
  readonly file: string
  readonly postscriptName: string
  /** The file holds several faces and is opened by a name inside it. */
  readonly collection: boolean
  /** Every family, full and PostScript name in every language of the file, normalised by `normaliseName`. */
  readonly names: ReadonlySet<string>
  /** Family as a person would read it, Chinese if the file has it. */
  readonly label: string
}

/** Font names differ in blanks, hyphens and case between systems; compare them without. */
export const normaliseName = (name: string): string => name.toLowerCase().replace(/[\s_-]+/g, '')

function readAt(handle: number, offset: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  const read = readSync(handle, bytes, 0, length, offset)
  if (read < length) throw new RangeError('font file ends early')
  return bytes
}

/** Name records of one face (OpenType `name` table): ids 1, 4, 6 and 16 in the encodings met in practice. */
function namesAt(handle: number, offset: number): { postscript: string; names: Map<string, string> } | null {
  const tables = readAt(handle, offset + 4, 2).readUInt16BE(0)
  const directory = readAt(handle, offset + 12, tables * 16)
  for (let entry = 0; entry < directory.length; entry += 16) {
    if (directory.toString('latin1', entry, entry + 4) !== 'name') continue
    const table = readAt(handle, directory.readUInt32BE(entry + 8), directory.readUInt32BE(entry + 12))
    const strings = table.readUInt16BE(4)
    const names = new Map<string, string>()
    let postscript = ''
    for (let index = 0; index < table.readUInt16BE(2); index += 1) {
      const record = 6 + index * 12
      const platform = table.readUInt16BE(record)
      const language = table.readUInt16BE(record + 4)
      const id = table.readUInt16BE(record + 6)
      if (![1, 4, 6, 16].includes(id) || (platform !== 3 && platform !== 0 && language !== 0)) continue
      const start = strings + table.readUInt16BE(record + 10)
      const raw = table.subarray(start, start + table.readUInt16BE(record + 8))
      const wide = platform === 3 || platform === 0
      if (wide && raw.length % 2 === 1) continue
      const text = wide ? Buffer.from(raw).swap16().toString('utf16le') : raw.toString('latin1')
      if (id === 6) postscript = text
      // 0x0804 is Chinese (PRC): the name an official knows the face by.
      names.set(`${id}:${wide && language === 0x0804 ? 'zh' : names.size}`, text)
    }
    return postscript === '' ? null : { postscript, names }
  }
  return null
}

/** Faces of one file; an unreadable or foreign file has none. */
export function facesOf(file: string): FontFile[] {
  let handle: number
  try {
    handle = openSync(file, 'r')
  } catch {
    return []
  }
  try {
    const tag = readAt(handle, 0, 4).toString('latin1')
    const offsets: number[] = []
    if (tag === 'ttcf') {
      const count = Math.min(readAt(handle, 8, 4).readUInt32BE(0), 64)
      const list = readAt(handle, 12, count * 4)
      for (let index = 0; index < count; index += 1) offsets.push(list.readUInt32BE(index * 4))
    } else if (tag === 'OTTO' || tag === 'true' || tag === '\x00\x01\x00\x00') {
      offsets.push(0)
    }
    return offsets.flatMap((offset) => {
      const found = namesAt(handle, offset)
      if (!found) return []
      const all = [...found.names]
      const label = all.find(([key]) => key === '1:zh') ?? all.find(([key]) => key.startsWith('4:')) ?? all[0]
      return {
        file,
        postscriptName: found.postscript,
        collection: tag === 'ttcf',
        names: new Set([...found.names.values()].map(normaliseName)),
        label: label?.[1] ?? found.postscript,
      }
    })
  } catch {
    return []
  } finally {
    closeSync(handle)
  }
}

/** Where each system keeps its fonts. */
function systemFolders(): string[] {
  const home = homedir()
  if (process.platform === 'win32') {
    const windows = process.env.SystemRoot ?? 'C:\\Windows'
    // A job runs without an environment, so the user's own folder is named by its usual place.
    return [join(windows, 'Fonts'), join(home, 'AppData', 'Local', 'Microsoft', 'Windows', 'Fonts')]
  }
  if (process.platform === 'darwin') return ['/System/Library/Fonts', '/Library/Fonts', join(home, 'Library', 'Fonts')]
  return [
    '/usr/share/fonts',
    '/usr/local/share/fonts',
    '/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol',
    join(home, '.local', 'share', 'fonts'),
    join(home, '.fonts'),
  ]
}

/** Weight folders of the installed open fonts. The packages hold nine weights; papers use three. */
function packageFolders(): string[] {
  const require = createRequire(import.meta.url)
  return ['noto-serif-sc', 'noto-sans-sc'].flatMap((name) => {
    try {
      const root = dirname(require.resolve(`@expo-google-fonts/${name}/package.json`))
      return ['400Regular', '500Medium', '700Bold'].map((weight) => join(root, weight))
    } catch {
      return []
    }
  })
}

function filesIn(folder: string, depth: number): string[] {
  let entries: Dirent[]
  try {
    entries = readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
  return entries
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return depth > 0 ? filesIn(path, depth - 1) : []
      return /\.(ttf|otf|ttc|otc)$/i.test(entry.name) ? [path] : []
    })
}

const scanned = new Map<string, readonly FontFile[]>()

/**
 * Every face at hand, in order of trust: the folders the office configured, the system, the packages installed with the
 * program. Folders that do not exist are passed over. Scanned once per process and set of folders.
 */
export function findFontFiles(folders: readonly string[]): readonly FontFile[] {
  const key = folders.join('\n')
  const known = scanned.get(key)
  if (known) return known
  const files = new Set([...folders, ...systemFolders(), ...packageFolders()].flatMap((folder) => filesIn(folder, 4)))
  const found = [...files].flatMap(facesOf)
  scanned.set(key, found)
  return found
}
