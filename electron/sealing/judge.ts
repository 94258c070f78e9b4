import type { Verdict } from '#shared/domain/archive.ts'
import { bagName } from '#shared/domain/bags.ts'
import { levelNames } from '#shared/domain/secrecy.ts'
import type { CheckCode } from '#shared/domain/verdict.ts'
import { toHex } from '../crypto/asn1.ts'
import { type Primitives, SignatureError, type SignatureFacts, verifyDetached } from '../crypto/cms-verify.ts'
import {
  bagCount,
  type DigestName,
  type Digests,
  declaration,
  fetchFile,
  isPayloadPath,
  manifestFiles,
  oxum,
  readBagInfo,
  readManifest,
  signatureFile,
  tagManifestFiles,
  unlistedFiles,
} from './bagit.ts'
import { type Delivery, readDelivery, readTitles } from './delivery.ts'
import { groupFile, readGroup } from './group.ts'
import { signatureFaults, some } from './text.ts'

/** The whole verdict on an opened bundle. Pure: the program and the page inside every bundle run this same code. */

/** One file below the bundle's folder; `path` is relative to it. */
export interface BagFile {
  readonly path: string
  readonly size: number
  digests(): Promise<Digests>
  bytes(): Promise<Uint8Array>
}

export interface JudgeOptions {
  /** Hex digits of the CA's SHA-256 fingerprint as typed from paper, at least the first 32; blank: not typed. */
  readonly caFingerprint?: string
  /** SHA-256 of the certificate the envelope was opened with: the sender must have named it. */
  readonly recipient?: string
  /** Whether the archive that takes the bundle in is a 演练 one: the bundle's must be of the same kind. */
  readonly trial?: boolean
  readonly progress?: (done: number, total: number) => void
}

type Check = Verdict['checks'][number]

const required = ['bagit.txt', 'bag-info.txt', 'eep.xml', 'titles.json', 'delivery.json']
const largestTagFile = 64 * 1024 * 1024

/** A verdict that stops before anything could be checked. */
export function refuse(code: CheckCode, detail: string): Verdict {
  return { colour: 'red', checks: [{ code, passed: false, detail }], signer: '', signedAt: '' }
}

/**
 * Judges the files of one bundle. Green: everything holds and the issuer was confirmed by a typed fingerprint; amber:
 * everything holds but nobody has said whose CA it is; red: something does not hold, and the checks say what.
 */
export async function judge(
  files: readonly BagFile[],
  primitives: Primitives,
  options: JudgeOptions = {},
): Promise<Verdict> {
  const checks: Check[] = []
  const add = (code: CheckCode, passed: boolean, detail: string): void => {
    checks.push({ code, passed, detail })
  }
  const byPath = new Map(files.map((file) => [file.path, file]))
  const text = async (path: string): Promise<string | null> => {
    const file = byPath.get(path)
    if (!file || file.size > largestTagFile) return null
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await file.bytes())
    } catch {
      return null
    }
  }

  const missing = [...required, ...Object.values(manifestFiles), ...unlistedFiles].filter((path) => !byPath.has(path))
  const stray = files.filter(({ path }) => path.startsWith('data/') && !isPayloadPath(path)).map(({ path }) => path)
  const declared = (await text('bagit.txt')) === declaration
  add(
    'layout',
    missing.length === 0 && stray.length === 0 && declared && !byPath.has(fetchFile),
    some([...missing, ...stray]) || (byPath.has(fetchFile) ? fetchFile : declared ? '' : 'bagit.txt'),
  )

  const payload = files.filter(({ path }) => path.startsWith('data/'))
  const tags = files.filter(({ path }) => !path.startsWith('data/') && !unlistedFiles.includes(path))
  const measured = new Map<string, Digests>()
  let done = 0
  const total = files.reduce((sum, { size }) => sum + size, 0)
  for (const file of [...payload, ...tags]) {
    measured.set(file.path, await file.digests())
    done += file.size
    options.progress?.(done, total)
  }
  const compare = async (names: Readonly<Record<DigestName, string>>, found: readonly BagFile[]) => {
    const unlisted = new Set<string>()
    const absent = new Set<string>()
    const changed = new Set<string>()
    const broken: string[] = []
    const here = new Set(found.map(({ path }) => path))
    for (const algorithm of ['sha256', 'sha512'] as const) {
      const listed = readManifest((await text(names[algorithm])) ?? '', algorithm)
      if (!listed) {
        broken.push(names[algorithm])
        continue
      }
      for (const { path } of found) if (!listed.has(path)) unlisted.add(path)
      for (const [path, digest] of listed) {
        const actual = measured.get(path)
        if (!actual || !here.has(path)) absent.add(path)
        else if (actual[algorithm] !== digest) changed.add(path)
      }
    }
    return { broken, unlisted: [...unlisted], absent: [...absent], changed: [...changed] }
  }
  const payloadResult = await compare(manifestFiles, payload)
  const tagResult = await compare(tagManifestFiles, tags)
  add(
    'manifests',
    payloadResult.broken.length + tagResult.broken.length === 0,
    some([...payloadResult.broken, ...tagResult.broken]),
  )
  add(
    'unlisted',
    payloadResult.unlisted.length + tagResult.unlisted.length === 0,
    some([...payloadResult.unlisted, ...tagResult.unlisted]),
  )
  add(
    'missing',
    payloadResult.absent.length + tagResult.absent.length === 0,
    some([...payloadResult.absent, ...tagResult.absent]),
  )
  add(
    'digests',
    payloadResult.changed.length + tagResult.changed.length === 0,
    some([...payloadResult.changed, ...tagResult.changed]),
  )

  const info = readBagInfo((await text('bag-info.txt')) ?? '')
  const counted = oxum(payload.map(({ size }) => size))
  const size = payload.reduce((sum, file) => sum + file.size, 0)
  add('counts', info.get('Payload-Oxum') === counted, `${payload.length} 个文件，${size} 字节`)
  const titleMap = readTitles((await text('titles.json')) ?? '')
  const untitled = payload.filter(({ path }) => !titleMap?.[path]).map(({ path }) => path)
  add('titles', titleMap !== null && untitled.length === 0, some(untitled))

  const facts = await judgeSignature(byPath, primitives, add)
  const authority = facts ? toHex(await primitives.sha256(facts.authority.der)) : ''
  const delivered = readDelivery((await text('delivery.json')) ?? '')
  const signer = facts ? toHex(await primitives.sha256(facts.signer.der)) : ''
  const matches =
    delivered !== null &&
    delivered.sender.signer === signer &&
    delivered.sender.authority === authority &&
    delivered.files === payload.length &&
    delivered.bytes === size
  add(
    'delivery',
    matches,
    delivered
      ? `${delivered.trial ? '【演练】' : ''}${delivered.sender.unit}第 ${delivered.sequence} 号${delivered.copy === undefined ? '' : `，份号 ${delivered.copy}`}，${levelNames[delivered.level]}，交${delivered.recipients.map(({ name }) => name).join('、')}`
      : '',
  )

  const bag = await placed(text, primitives, { info, delivered, authority })
  if (bag !== 'single') {
    const rest = bag && bag.count - 1
    add('group', bag !== null, bag ? `${bagName(bag)}；其余${rest}包须一并校验` : groupFile)
  }

  if (options.recipient !== undefined) {
    const named = delivered?.recipients.some(({ certificate }) => certificate === options.recipient) ?? false
    add('recipient', named, named ? '' : '交接信息没有列明本单位的证书，可能是他人转封')
  }
  if (options.trial !== undefined) {
    const same = delivered?.trial === options.trial
    add('origin', same, same ? '' : delivered?.trial ? '来自演练档案库' : '来自正式档案库')
  }

  const sound = checks.every(({ passed }) => passed)
  const typed = plainFingerprint(options.caFingerprint ?? '')
  const confirmed = confirmsIssuer(typed, authority)
  add(
    'issuer',
    confirmed,
    typed === '' ? groups(authority) : confirmed ? groups(authority) : `${groups(typed)} ≠ ${groups(authority)}`,
  )
  const colour = !sound || (typed !== '' && !confirmed) ? 'red' : confirmed ? 'green' : 'amber'
  const name = facts ? `${facts.signer.commonName}（${facts.signer.organization}）` : ''
  const verdict = { colour, checks, signer: name, signedAt: facts?.signedAt ?? '' } as const
  return bag === null || bag === 'single' ? verdict : { ...verdict, bag }
}

/**
 * The place of a bundle in its group, as the signed index, the delivery, bag-info and its own payload manifest say it alike;
 * null when they differ; `single` when none of them names a group.
 */
async function placed(
  text: (path: string) => Promise<string | null>,
  primitives: Primitives,
  {
    info,
    delivered,
    authority,
  }: {
    readonly info: ReadonlyMap<string, string>
    readonly delivered: Delivery | null
    readonly authority: string
  },
): Promise<Verdict['bag'] | null | 'single'> {
  const content = await text(groupFile)
  const place = delivered?.bag ?? { number: 1, count: 1 }
  const alike = info.get('Bag-Count') === bagCount(place)
  if (content === null && place.count === 1 && alike) return 'single'
  const digest = async (value: string): Promise<string> =>
    toHex(await primitives.sha256(new TextEncoder().encode(value)))
  const index = readGroup(content ?? '')
  const own = index?.bags[place.number - 1]
  const sound =
    alike &&
    delivered !== null &&
    index?.bags.length === place.count &&
    index.archivalCode === delivered.archivalCode &&
    index.id === info.get('Bag-Group-Identifier') &&
    own?.files === delivered.files &&
    own.bytes === delivered.bytes &&
    own.manifest === (await digest((await text(manifestFiles.sha256)) ?? ''))
  return sound ? { ...place, group: index.id, index: await digest(content ?? ''), authority } : null
}

/** A fingerprint as people type it from paper, without its grouping. */
function plainFingerprint(typed: string): string {
  return typed.replace(/[\s:：-]/g, '').toLowerCase()
}

/** True when what was typed names the CA: at least the first 32 hex digits of its SHA-256 fingerprint. */
export function confirmsIssuer(typed: string, authority: string): boolean {
  const plain = plainFingerprint(typed)
  return /^[0-9a-f]{32,64}$/.test(plain) && authority !== '' && authority.startsWith(plain)
}

async function judgeSignature(
  byPath: ReadonlyMap<string, BagFile>,
  primitives: Primitives,
  add: (code: 'signature', passed: boolean, detail: string) => void,
): Promise<SignatureFacts | null> {
  const signature = byPath.get(signatureFile)
  const signed = byPath.get(tagManifestFiles.sha256)
  if (!signature || !signed || signature.size > largestTagFile) {
    add('signature', false, signatureFaults.unreadable)
    return null
  }
  try {
    const digest = await primitives.sha256(await signed.bytes())
    const facts = await verifyDetached(await signature.bytes(), digest, primitives)
    add('signature', true, `${facts.signer.commonName}，由${facts.authority.commonName}签发`)
    return facts
  } catch (error) {
    if (!(error instanceof SignatureError)) throw error
    add('signature', false, signatureFaults[error.fault])
    return null
  }
}

/** Upper-case groups of four, as on the 移交接收登记表. */
function groups(hex: string): string {
  return (hex.toUpperCase().match(/.{1,4}/g) ?? []).join(' ')
}
