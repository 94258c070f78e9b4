import { createHash, sign } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { KeyPair } from '#electron/crypto/certificates.ts'
import { openEnvelope } from '#electron/crypto/cms-enveloped.ts'
import { type Part, type SealRequest, sealBundle } from '#electron/sealing/bundle.ts'
import type { EepPackage } from '#electron/sealing/eep.ts'
import { indexGroup } from '#electron/sealing/group.ts'
import { readWhole } from '#electron/sealing/verify.ts'
import { issuePair, moment, openerOf, organization, trialAuthority } from './certificates.ts'

/** The office that seals, and two archives that receive: made once per test file. */
export interface Cast {
  readonly authority: KeyPair
  readonly signer: KeyPair
  readonly recipient: KeyPair
  readonly second: KeyPair
}

export function makeCast(): Cast {
  const authority = trialAuthority()
  const outside = trialAuthority('某市档案馆')
  return {
    authority,
    signer: issuePair(authority, 'signing', '李某喆'),
    recipient: issuePair(outside, 'encryption', '某市档案馆接收处'),
    second: issuePair(outside, 'encryption', '责任追究部门'),
  }
}

export function part(path: string, title: string, mediaType: string, bytes: Uint8Array): Part {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return {
    path,
    title,
    role: 'paper',
    mediaType,
    size: bytes.length,
    sha256,
    open: async function* () {
      yield bytes
    },
  }
}

const pdf = (text: string): Uint8Array => Buffer.from(`%PDF-1.7\n${text}\n%%EOF\n`, 'utf8')

/** A part that streams a file. */
export function filePart(file: string, at: number, size: number, sha256: string): Part {
  const path = `data/materials/material-${at}.pdf`
  const open = () => readWhole(file)
  return { path, title: `材料${at + 1}`, role: 'material', mediaType: 'application/pdf', size, sha256, open }
}

export function sampleParts(): Part[] {
  return [
    part('data/papers/notice-01.pdf', '责任约谈通知书', 'application/pdf', pdf('责任约谈通知书')),
    part('data/papers/minutes-01.pdf', '责任约谈纪要', 'application/pdf', pdf('责任约谈纪要')),
    part('data/record/record-01.pdf', '责任约谈记录', 'application/pdf', pdf('询问与答复'.repeat(4000))),
    part('data/materials/statement-01.txt', '企业书面说明 <附表> & “清单”', 'text/plain', Buffer.from('喆堃赟镕\n')),
  ]
}

export function sampleEep(parts: readonly Part[]): EepPackage {
  const files = parts.map((one, at) => ({
    id: `F${at + 1}`,
    fonds: 'J001',
    archivalCode: 'J001-WS·2026-D30-JDC-0001',
    year: '2026',
    retention: 'D30',
    item: at + 1,
    title: one.title,
    author: organization,
    day: '2026-02-20',
    level: 'secret' as const,
    term: '10年',
    number: at === 0 ? '监管约谈函〔2026〕1号' : '',
    pages: 3,
    documents: [
      {
        id: `D${at + 1}`,
        title: one.title,
        path: one.path,
        mediaType: one.mediaType,
        size: one.size,
        sha256: one.sha256,
      },
    ],
  }))
  const act = (id: string, action: string) => ({
    id,
    actorId: 'A1',
    fileId: 'F1',
    state: '历史行为' as const,
    action,
    at: '2026-02-20T02:00:00.000Z',
    basis: '办法第五条',
  })
  return {
    unit: organization,
    createdAt: moment,
    system: '约谈卷 0.1.0',
    carrier: '无',
    files,
    events: [act('E1', '审签'), act('E2', '定密')],
    actors: [{ id: 'A1', kind: '个人', name: '李某喆', post: '处室负责人' }],
  }
}

export async function sampleRequest(
  cast: Cast,
  folder: string,
  parts: readonly Part[] = sampleParts(),
  page?: Uint8Array,
): Promise<SealRequest> {
  return {
    folder,
    name: 'case-2026-0001',
    unit: organization,
    title: '关于渝某实业集团有限公司的责任约谈案卷',
    archivalCode: 'J001-WS·2026-D30-JDC-0001',
    parts,
    reports: [part('reports/four-property.pdf', '四性检测报告', 'application/pdf', pdf('四性检测'))],
    eep: sampleEep(parts),
    group: null,
    limit: 1024 ** 3,
    delivery: { id: '01JDTEST0000000000000000BB', trial: true, level: 'secret', sequence: 1, previous: null },
    recipients: [
      { name: '某市档案馆', certificate: cast.recipient.certificate },
      { name: '责任追究部门', certificate: cast.second.certificate },
    ],
    signer: {
      certificate: cast.signer.certificate,
      authority: cast.authority.certificate,
      sign: (data) => sign('sha256', data, cast.signer.key),
    },
    verifyPage: page ?? (await readFile(await verifyPage())),
    sealedAt: moment,
  }
}

/** Requests for the bundles of one case, its parts shared out among them in this way. */
export async function groupRequests(
  cast: Cast,
  folder: string,
  shares: readonly (readonly Part[])[],
  id = '01JDTEST00000000000000GR0P',
): Promise<SealRequest[]> {
  const about = { id, archivalCode: 'J001-WS·2026-D30-JDC-0001' }
  const index = indexGroup(about, shares, (text) => createHash('sha256').update(text).digest('hex'))
  const requests: SealRequest[] = []
  for (const [at, parts] of shares.entries()) {
    const request = await sampleRequest(cast, folder, parts)
    const number = at + 1
    requests.push({
      ...request,
      name: `${request.name}-${number}of${shares.length}`,
      group: { number, index },
      delivery: { ...request.delivery, id: `${id}-${number}`, sequence: number },
    })
  }
  return requests
}

let page: Promise<string> | null = null

/** The verify page, built once per test file into a folder under `out/`. */
export function verifyPage(): Promise<string> {
  // Loaded late: a process whose memory is measured must not carry the bundler.
  page ??= import('#build/verify-page.ts').then(({ buildVerifyPage }) =>
    buildVerifyPage(join(import.meta.dirname, '..', '..', 'out', 'test', `verify-${process.pid}`, 'index.html')),
  )
  return page
}

/** Seals the bundles of a group and opens each; their tars in order. */
export async function sealGroup(cast: Cast, shares: readonly (readonly Part[])[], id?: string): Promise<string[]> {
  const { temporaryFolder } = await import('./folders.ts')
  const folder = temporaryFolder()
  const tars: string[] = []
  for (const request of await groupRequests(cast, folder, shares, id)) {
    const { file } = await sealBundle(request)
    const tar = join(folder, `${request.name}.tar`)
    await openEnvelope(file, openerOf(cast.recipient), tar)
    tars.push(tar)
  }
  return tars
}

/** Seals the sample and opens its envelope again. */
export async function sealSample(
  cast: Cast,
  parts = sampleParts(),
): Promise<{ folder: string; sealed: string; tar: string }> {
  const { temporaryFolder } = await import('./folders.ts') // late, like the bundler: it brings the test runner along
  const folder = temporaryFolder()
  const { file } = await sealBundle(await sampleRequest(cast, folder, parts))
  const tar = join(folder, 'case-2026-0001.tar')
  await openEnvelope(file, openerOf(cast.recipient), tar)
  return { folder, sealed: file, tar }
}
