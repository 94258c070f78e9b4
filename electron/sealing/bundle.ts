import { createHash, type Hash } from 'node:crypto'
import { type FileHandle, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { syncFolder } from '#db/sync-folder.ts'
import { fail } from '#shared/contract/errors.ts'
import { largestBundle } from '#shared/domain/bags.ts'
import { certificateFingerprint, readPem, verifyChain } from '../crypto/certificates.ts'
import { startEnvelope } from '../crypto/cms-enveloped.ts'
import { detachedLength, type Sign, signDetached } from '../crypto/cms-signed.ts'
import {
  bagCount,
  type Digests,
  declaration,
  isPayloadPath,
  isSafePath,
  manifestFiles,
  oxum,
  signatureFile,
  tagManifestFiles,
  writeBagInfo,
  writeManifest,
} from './bagit.ts'
import { type Delivery, type Titles, writeDelivery } from './delivery.ts'
import { type EepPackage, writeEep } from './eep.ts'
import { type GroupIndex, groupFile, writeGroup } from './group.ts'
import { padded, tarHeader, tarLength } from './tar.ts'
import { verifyReadme } from './verify-readme.ts'

/**
 * One file that goes into the bundle. Its bytes must be those of `size` and `sha256`; a chunk need only be valid until
 * the next is asked for, so that one buffer serves a whole file.
 */
export interface Part {
  /** ASCII path inside the bag: `data/<papers|record|materials>/…` or `reports/…`. */
  readonly path: string
  readonly title: string
  readonly role: string
  readonly mediaType: string
  readonly size: number
  /** Lower-case hex. */
  readonly sha256: string
  open(): AsyncIterable<Uint8Array>
}

export interface SealRequest {
  /** Where the sealed file goes. */
  readonly folder: string
  /** Name of file and inner folder: `case-` and ASCII; without extension. */
  readonly name: string
  readonly unit: string
  readonly title: string
  readonly archivalCode: string
  readonly parts: readonly Part[]
  readonly reports: readonly Part[]
  readonly eep: EepPackage
  /** Its number and what all bundles of the case hold; null when this is the only one. */
  readonly group: { readonly number: number; readonly index: GroupIndex } | null
  /** Largest tar in bytes; never above `largestBundle`. */
  readonly limit: number
  readonly delivery: Pick<Delivery, 'id' | 'trial' | 'level' | 'sequence' | 'previous' | 'copy'>
  /** Outside recipients: PEM encryption certificates, already compared with paper. */
  readonly recipients: readonly { readonly name: string; readonly certificate: string }[]
  readonly signer: { readonly certificate: string; readonly authority: string; readonly sign: Sign }
  /** The built verify page (`dist/verify/index.html`). */
  readonly verifyPage: Uint8Array
  /** ISO UTC. */
  readonly sealedAt: string
}

export interface SealOptions {
  /** Bytes of the tar written, of how many. */
  readonly progress?: (done: number, total: number) => void
  readonly signal?: AbortSignal
}

/**
 * A bundle that is whole on the disk but for its head, which holds the key for the recipients: until the head is written
 * nobody can open it, so its line can stand in the register before there is anything to register.
 */
export interface PreparedBundle {
  /** Where it will stand; until then it is `<file>.part`. */
  readonly file: string
  readonly head: Uint8Array
  /** Of the finished file. */
  readonly size: number
  /** Of the finished file, lower-case hex. */
  readonly sha256: string
  readonly tarSize: number
  readonly files: number
}
export type SealResult = Omit<PreparedBundle, 'head'>

const chunkSize = 1 << 18
const suffix = '.sealed'

/** Seals a case and lets it have its name at once. Errors: those of `prepareBundle`. */
export async function sealBundle(request: SealRequest, options: SealOptions = {}): Promise<SealResult> {
  const { head, ...result } = await prepareBundle(request, options)
  await finishBundle({ ...result, head })
  return result
}

/**
 * Seals a case in one pass: parts stream through the digests, the tar and the envelope into `<name>.sealed.part`, which
 * is flushed to the disk; `finishBundle` ends it. Memory does not grow with the parts. Errors: `bundle.name`,
 * `bundle.path`, `bundle.exists`, `bundle.tooLarge`, `bundle.changed` (a part is not what was announced),
 * `bundle.cancelled`, those of the certificates. After any of them no `.part` is left.
 */
export async function prepareBundle(request: SealRequest, options: SealOptions = {}): Promise<PreparedBundle> {
  checkNames(request)
  verifyChain(request.signer.certificate, request.signer.authority, request.sealedAt)
  for (const { certificate } of request.recipients) readPem(certificate)
  await removeParts(request.folder)
  const target = join(request.folder, `${request.name}${suffix}`)
  if ((await readdir(request.folder)).includes(`${request.name}${suffix}`)) fail('bundle.exists')
  const layout = await plan(request)
  const limit = Math.min(request.limit, largestBundle)
  if (layout.tarSize > limit) fail('bundle.tooLarge', { bytes: layout.tarSize, limit })
  const part = partOf(target)
  const file = await open(part, 'wx', 0o600)
  let whole = false
  try {
    const result = await writeSealed(file, request, layout, options)
    await file.sync()
    await file.close()
    whole = true
    return { file: target, ...result, tarSize: layout.tarSize, files: request.parts.length }
  } finally {
    if (!whole) {
      await file.close().catch(() => undefined)
      await rm(part, { force: true })
    }
  }
}

function partOf(file: string): string {
  return `${file}.part`
}

/** Writes the head of a prepared bundle and gives the file its name. Errors: those of the disk; the `.part` stays. */
export async function finishBundle({ file, head }: Pick<PreparedBundle, 'file' | 'head'>): Promise<void> {
  const part = await open(partOf(file), 'r+')
  try {
    await part.write(head, 0, head.length, 0)
    await part.sync()
  } finally {
    await part.close()
  }
  await rename(partOf(file), file)
  syncFolder(dirname(file))
}

/** Takes a prepared bundle back that is not to be finished. */
export async function dropBundle({ file }: Pick<PreparedBundle, 'file'>): Promise<void> {
  await rm(partOf(file), { force: true })
}

/** Removes what a killed seal left behind: never a file without `.part`. */
async function removeParts(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (/^case-.*\.sealed\.part$/.test(name)) await rm(join(folder, name), { force: true })
  }
}

function checkNames(request: SealRequest): void {
  if (!/^case-[A-Za-z0-9._-]{1,80}$/.test(request.name)) fail('bundle.name')
  if (request.parts.length === 0) fail('bundle.empty')
  const seen = new Set<string>()
  const payload = new Set(request.parts.map(({ path }) => path))
  for (const { path } of [...request.parts, ...request.reports]) {
    const inPlace = payload.has(path) ? isPayloadPath(path) : path.startsWith('reports/')
    if (!inPlace || !isSafePath(path) || seen.has(path)) fail('bundle.path', { path })
    seen.add(path)
  }
}

/** Everything of the bag that is known before the parts are read; manifests and signature follow them in the tar. */
interface Layout {
  readonly before: readonly TagFile[]
  readonly signatureLength: number
  readonly tarSize: number
}

interface TagFile {
  readonly path: string
  readonly bytes: Uint8Array
}

async function plan(request: SealRequest): Promise<Layout> {
  const text = (path: string, content: string): TagFile => ({ path, bytes: Buffer.from(content, 'utf8') })
  const sizes = request.parts.map(({ size }) => size)
  const titles: Titles = Object.fromEntries(
    [...request.parts, ...request.reports].map(({ path, title, role, mediaType }) => [
      path,
      { title, role, mediaType },
    ]),
  )
  const { group } = request
  const place = { number: group?.number ?? 1, count: group?.index.bags.length ?? 1 }
  const delivery: Delivery = {
    format: 'yuetan/delivery/v1',
    id: request.delivery.id,
    archivalCode: request.archivalCode,
    sender: {
      unit: request.unit,
      signer: certificateFingerprint(request.signer.certificate),
      authority: certificateFingerprint(request.signer.authority),
    },
    recipients: request.recipients.map(({ name, certificate }) => ({
      name,
      certificate: certificateFingerprint(certificate),
    })),
    trial: request.delivery.trial,
    level: request.delivery.level,
    sequence: request.delivery.sequence,
    previous: request.delivery.previous,
    copy: request.delivery.copy,
    bag: place,
    createdAt: request.sealedAt,
    files: sizes.length,
    bytes: sizes.reduce((sum, size) => sum + size, 0),
  }
  const info = writeBagInfo([
    ['Source-Organization', request.unit],
    ['External-Identifier', request.archivalCode],
    ['External-Description', request.title],
    ['Bagging-Date', request.sealedAt.slice(0, 10)],
    ['Payload-Oxum', oxum(sizes)],
    ['Bag-Group-Identifier', group?.index.id ?? request.delivery.id],
    ['Bag-Count', bagCount(place)],
  ])
  const before = [
    text('bagit.txt', declaration),
    text('bag-info.txt', info),
    text('eep.xml', writeEep(request.eep)),
    text('titles.json', `${JSON.stringify(titles, null, 2)}\n`),
    text('delivery.json', writeDelivery(delivery)),
    ...(group ? [text(groupFile, writeGroup(group.index))] : []),
    text('verify/README.txt', verifyReadme(request.name, place)),
    text('verify/ca.crt.pem', request.signer.authority),
    text('verify/signer.crt.pem', request.signer.certificate),
    { path: 'verify/index.html', bytes: request.verifyPage },
  ]
  const signatureLength = await detachedLength({
    signingTime: request.sealedAt,
    certificate: request.signer.certificate,
    authority: request.signer.authority,
  })
  const manifest = (paths: readonly string[], digits: number): number =>
    paths.reduce((sum, path) => sum + digits + 2 + path.length + 1, 0)
  const payload = request.parts.map(({ path }) => path)
  const tags = [
    ...before.map(({ path }) => path),
    ...request.reports.map(({ path }) => path),
    ...Object.values(manifestFiles),
  ]
  const lengths = [
    ...before.map(({ bytes }) => bytes.length),
    ...sizes,
    ...request.reports.map(({ size }) => size),
    ...[64, 128].flatMap((digits) => [manifest(payload, digits), manifest(tags, digits)]),
    signatureLength,
  ]
  return { before, signatureLength, tarSize: lengths.reduce((sum, size) => sum + tarLength(size), 1024) }
}

async function writeSealed(
  file: FileHandle,
  request: SealRequest,
  layout: Layout,
  options: SealOptions,
): Promise<{ head: Uint8Array; size: number; sha256: string }> {
  const envelope = startEnvelope(
    request.recipients.map(({ certificate }) => certificate),
    layout.tarSize,
  )
  const whole = createHash('sha256')
  let pending: Uint8Array[] = []
  let held = 0
  const flush = async (): Promise<void> => {
    if (pending.length > 0) await file.writev(pending)
    pending = []
    held = 0
  }
  const put = async (bytes: Uint8Array): Promise<void> => {
    whole.update(bytes)
    pending.push(bytes)
    held += bytes.length
    if (held >= chunkSize) await flush()
  }
  whole.update(envelope.prefix)
  // Room for the head; without it the rest is noise.
  await file.write(Buffer.alloc(envelope.prefix.length))
  let done = 0
  for await (const chunk of tarOf(request, layout)) {
    if (options.signal?.aborted) fail('bundle.cancelled')
    await put(envelope.update(chunk))
    done += chunk.length
    options.progress?.(done, layout.tarSize)
  }
  await put(envelope.finish())
  await flush()
  return { head: envelope.prefix, size: envelope.length, sha256: whole.digest('hex') }
}

/** The tar, in order: tag files, payload, reports, manifests, tag manifests, signature. */
async function* tarOf(request: SealRequest, layout: Layout): AsyncGenerator<Uint8Array> {
  const mtime = new Date(request.sealedAt)
  const payload = new Map<string, Digests>()
  const tags = new Map<string, Digests>()
  const header = (path: string, size: number): Uint8Array =>
    tarHeader(`${request.name}/${path}`, size, mtime) ?? fail('bundle.path', { path })
  const small = function* (path: string, bytes: Uint8Array): Generator<Uint8Array> {
    yield header(path, bytes.length)
    yield bytes
    yield Buffer.alloc(padded(bytes.length) - bytes.length)
  }
  const stream = async function* (part: Part, listed: Map<string, Digests>): AsyncGenerator<Uint8Array> {
    yield header(part.path, part.size)
    const hashes = hashPair()
    let size = 0
    for await (const chunk of part.open()) {
      size += chunk.length
      if (size > part.size) fail('bundle.changed', { path: part.path })
      hashes.update(chunk)
      yield chunk
    }
    const digests = hashes.digest()
    if (size !== part.size || digests.sha256 !== part.sha256) fail('bundle.changed', { path: part.path })
    listed.set(part.path, digests)
    yield Buffer.alloc(padded(size) - size)
  }
  const tag = function* (path: string, bytes: Uint8Array): Generator<Uint8Array> {
    const hashes = hashPair()
    hashes.update(bytes)
    tags.set(path, hashes.digest())
    yield* small(path, bytes)
  }
  const manifest = (entries: Map<string, Digests>, algorithm: keyof Digests): Buffer =>
    Buffer.from(writeManifest([...entries].map(([path, digests]) => [path, digests[algorithm]] as const)), 'utf8')

  for (const { path, bytes } of layout.before) yield* tag(path, bytes)
  for (const part of request.parts) yield* stream(part, payload)
  for (const part of request.reports) yield* stream(part, tags)
  const manifests = { sha256: manifest(payload, 'sha256'), sha512: manifest(payload, 'sha512') }
  yield* tag(manifestFiles.sha256, manifests.sha256)
  yield* tag(manifestFiles.sha512, manifests.sha512)
  const signed = manifest(tags, 'sha256')
  yield* small(tagManifestFiles.sha256, signed)
  yield* small(tagManifestFiles.sha512, manifest(tags, 'sha512'))
  const signature = await signDetached({
    digest: createHash('sha256').update(signed).digest(),
    signingTime: request.sealedAt,
    ...request.signer,
  })
  if (signature.length !== layout.signatureLength) fail('bundle.signature')
  yield* small(signatureFile, signature)
  yield Buffer.alloc(1024)
}

function hashPair(): { update(chunk: Uint8Array): void; digest(): Digests } {
  const sha256: Hash = createHash('sha256')
  const sha512: Hash = createHash('sha512')
  return {
    update: (chunk) => {
      sha256.update(chunk)
      sha512.update(chunk)
    },
    digest: () => ({ sha256: sha256.digest('hex'), sha512: sha512.digest('hex') }),
  }
}
