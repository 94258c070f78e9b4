import { closeSync, openSync, writeSync } from 'node:fs'

/** Tars no honest program writes, made byte by byte (POSIX.1-2017 pax, 'ustar Interchange Format'). */

const block = 512

interface RawEntry {
  readonly name: string
  /** typeflag: `0` a file, `2` a symbolic link, `3` a device … */
  readonly kind?: string
  readonly link?: string
  readonly content?: string
  /** Size as the header claims it; the content's own when left out. */
  readonly claims?: number
}

/** One entry with a right checksum, whatever else is wrong with it. */
export function rawEntry({ name, kind = '0', link = '', content = '', claims }: RawEntry): Buffer {
  const bytes = Buffer.from(content, 'utf8')
  const header = Buffer.alloc(block)
  header.write(name, 0, 100, 'utf8')
  header.write('0000644\0', 100, 'latin1')
  header.write(`${(claims ?? bytes.length).toString(8).padStart(11, '0')}\0`, 124, 'latin1')
  header.write('00000000000\0', 136, 'latin1')
  header.write(kind, 156, 'latin1')
  header.write(link, 157, 100, 'utf8')
  header.write('ustar\x0000', 257, 'latin1')
  header.write(' '.repeat(8), 148, 'latin1')
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return Buffer.concat([header, bytes, Buffer.alloc((block - (bytes.length % block)) % block)])
}

export interface HostileTar {
  readonly name: string
  /** Words the verdict must name it by. */
  readonly says: string
  make(good: Buffer): Buffer
}

const top = 'case-2026-0001'
const before = (entry: RawEntry) => (good: Buffer) => Buffer.concat([rawEntry(entry), good])
const elsewhere = '文件名指向封装包以外'

/** Every way a tar can lead out of its folder, be more than plain files, or mean two things on two disks. */
export const hostileTars: readonly HostileTar[] = [
  { name: 'a path that climbs out', says: elsewhere, make: before({ name: `${top}/../../evil.pdf`, content: 'x' }) },
  { name: 'an absolute path', says: elsewhere, make: before({ name: '/tmp/evil.pdf', content: 'x' }) },
  { name: 'a path of a Windows drive', says: elsewhere, make: before({ name: 'C:/evil.pdf', content: 'x' }) },
  { name: 'a backslash', says: elsewhere, make: before({ name: `${top}/data\\..\\evil.pdf`, content: 'x' }) },
  {
    name: 'a symbolic link',
    says: '含有链接',
    make: before({ name: `${top}/data/papers/link.pdf`, kind: '2', link: '/etc/passwd' }),
  },
  {
    name: 'a hard link',
    says: '含有链接',
    make: before({ name: `${top}/data/papers/link.pdf`, kind: '1', link: `${top}/bagit.txt` }),
  },
  { name: 'a character device', says: '含有设备', make: before({ name: `${top}/data/papers/dev.pdf`, kind: '3' }) },
  { name: 'a block device', says: '含有设备', make: before({ name: `${top}/data/papers/dev.pdf`, kind: '4' }) },
  { name: 'a pipe', says: '含有设备', make: before({ name: `${top}/data/papers/pipe.pdf`, kind: '6' }) },
  {
    name: 'an extended header that renames the next file',
    says: '扩展头',
    make: before({ name: `${top}/pax`, kind: 'x', content: '27 path=../../../etc/cron.d\n' }),
  },
  {
    name: 'a sparse file: few bytes here, terabytes when unpacked',
    says: '稀疏文件',
    make: before({ name: `${top}/data/papers/bomb.pdf`, kind: 'S', claims: 8 ** 11 - 1 }),
  },
  {
    name: 'a size larger than the tar',
    says: '文件不完整',
    make: before({ name: `${top}/data/papers/bomb.pdf`, claims: 8 ** 11 - 1 }),
  },
  {
    name: 'the same name twice',
    says: '含有重名文件',
    make: before({ name: `${top}/bagit.txt`, content: 'BagIt-Version: 0.97\n' }),
  },
  {
    name: 'a name that differs only in case',
    says: '仅大小写不同',
    make: before({ name: `${top}/BAGIT.TXT`, content: 'x' }),
  },
  {
    name: 'a file where others have a folder',
    says: '与文件夹同名',
    make: before({ name: `${top}/data`, content: 'x' }),
  },
  {
    name: 'a composed and a decomposed form of one name',
    says: '不安全的文件名',
    make: (good) =>
      Buffer.concat([
        rawEntry({ name: `${top}/data/papers/\u00e9.pdf`, content: 'x' }),
        rawEntry({ name: `${top}/data/papers/e\u0301.pdf`, content: 'y' }),
        good,
      ]),
  },
  {
    name: 'a device name of Windows',
    says: '不安全的文件名',
    make: before({ name: `${top}/data/papers/CON.pdf`, content: 'x' }),
  },
  { name: 'a hidden file', says: '不安全的文件名', make: before({ name: `${top}/.profile`, content: 'x' }) },
  {
    name: 'a second folder beside the first',
    says: '不是单一文件夹',
    make: before({ name: 'other/a.pdf', content: 'x' }),
  },
  { name: 'a wrong checksum', says: '文件头有误', make: (good) => flipped(good, 4) },
  { name: 'cut in the middle', says: '文件不完整', make: (good) => good.subarray(0, good.length >> 1) },
  { name: 'cut before the end marker', says: '文件不完整', make: (good) => good.subarray(0, good.length - 1024) },
  {
    name: 'something behind the end',
    says: '末尾有多余内容',
    make: (good) => Buffer.concat([good, Buffer.alloc(block, 1)]),
  },
]

function flipped(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes)
  changed[at] = (changed[at] ?? 0) ^ 1
  return changed
}

/** Writes a tar of so many empty files; 10^6 of them are half a gigabyte. */
export function writeTinyFiles(file: string, count: number): void {
  const digits = 7
  const at = `${top}/data/materials/`.length
  const model = rawEntry({ name: `${top}/data/materials/${'0'.repeat(digits)}.txt` })
  const base = model.reduce((total, byte, place) => total + (place >= 148 && place < 156 ? 0x20 : byte), 0)
  const handle = openSync(file, 'w')
  try {
    const batch = 1000
    for (let from = 0; from < count; from += batch) {
      const piece = Buffer.alloc(batch * block)
      for (let index = 0; index < batch; index += 1) {
        const number = String(from + index).padStart(digits, '0')
        const sum = [...number].reduce((total, digit) => total + Number(digit), base)
        model.copy(piece, index * block)
        piece.write(number, index * block + at, 'latin1')
        piece.write(`${sum.toString(8).padStart(6, '0')}\0 `, index * block + 148, 'latin1')
      }
      writeSync(handle, piece)
    }
    writeSync(handle, Buffer.alloc(1024))
  } finally {
    closeSync(handle)
  }
}
