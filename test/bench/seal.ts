import { execFileSync, spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { type Part, sealBundle } from '#electron/sealing/bundle.ts'
import { filePart, makeCast, sampleRequest } from '#test/support/bundles.ts'
import { median } from './figure.ts'

/** One line of `out/bench.json`. */
export interface SealMeasure {
  readonly name: string
  readonly value: number
  readonly unit: 'ms' | 'MB'
  readonly peer: string
  readonly peerValue: number
  readonly ratio: number
}

const fileCount = 8
const fileSize = 25 * 1024 ** 2
const rounds = 3

/**
 * `seal.200mb`: 200 MB in eight files sealed by the program, against tar, openssl cms -encrypt -stream, sha256sum and
 * sha512sum on the same files (equal work: archive, encryption, both digests, flushed to disk), medians of three
 * alternating rounds. `seal.memory`: peak resident memory of a process that seals them, against one that does nothing.
 */
export async function benchSeal(): Promise<SealMeasure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'yuetan-bench-'))
  try {
    const parts = await makeParts(join(folder, 'in'), fileCount, fileSize)
    const cast = makeCast()
    writeFileSync(join(folder, 'recipient.pem'), cast.recipient.certificate)
    const ours: number[] = []
    const theirs: number[] = []
    for (let round = 0; round < rounds; round++) {
      const out = join(folder, `out-${round}`)
      mkdirSync(out)
      const request = await sampleRequest(cast, out, parts, Buffer.alloc(80_000))
      ours.push(await timed(() => sealBundle(request)))
      rmSync(out, { recursive: true })
      theirs.push(await timed(async () => peer(folder)))
    }
    const idle = peakOf(['-e', '0'])
    const peak = peakOf([fileURLToPath(new URL('../support/seal-once.ts', import.meta.url)), join(folder, 'in')])
    return [
      measure('seal.200mb', median(ours), 'ms', sealTools, median(theirs)),
      measure('seal.memory', peak, 'MB', 'an empty Node process', idle),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** So many files of random bytes, described as parts. */
export async function makeParts(folder: string, count: number, size: number): Promise<Part[]> {
  mkdirSync(folder)
  const parts: Part[] = []
  for (let at = 0; at < count; at++) {
    const file = join(folder, `material-${at}.pdf`)
    const hash = createHash('sha256')
    const out = createWriteStream(file)
    for (let done = 0; done < size; done += 1 << 20) {
      const chunk = randomBytes(Math.min(1 << 20, size - done))
      hash.update(chunk)
      if (!out.write(chunk)) await once(out, 'drain')
    }
    out.end()
    await once(out, 'close')
    parts.push(filePart(file, at, size, hash.digest('hex')))
  }
  return parts
}

export const sealTools = 'tar + openssl cms -encrypt -stream + sha256sum + sha512sum'

/** The same work by other programs: `in/` of the folder, for the certificate `recipient.pem` in it. */
export function peer(folder: string): void {
  const script = [
    'tar -cf peer.tar in',
    'openssl cms -encrypt -binary -stream -outform DER -aes-256-gcm -in peer.tar -out peer.sealed -recip recipient.pem' +
      ' -keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha256',
    'find in -type f | sort | xargs sha256sum > peer.sha256',
    'find in -type f | sort | xargs sha512sum > peer.sha512',
    'sync peer.sealed',
    'rm peer.tar peer.sealed',
  ].join(' && ')
  execFileSync('sh', ['-c', script], { cwd: folder, stdio: 'inherit' })
}

/** Peak resident memory in MB of a Node process running these arguments; a hook prints its `maxRSS` at exit. */
function peakOf(args: readonly string[]): number {
  const hook = `data:text/javascript,process.on('exit',()=>process.stderr.write('peak '+process.resourceUsage().maxRSS))`
  const child = spawnSync(process.execPath, ['--import', hook, ...args], { encoding: 'utf8' })
  const peak = /peak (\d+)/.exec(child.stderr)?.[1]
  if (child.status !== 0 || !peak) throw new Error(`bench child: ${child.stderr}`)
  return Number(peak) / 1024
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

export function measure(
  name: string,
  value: number,
  unit: 'ms' | 'MB',
  peerName: string,
  peerValue: number,
): SealMeasure {
  const round = (number: number) => Math.round(number * 100) / 100
  return {
    name,
    value: round(value),
    unit,
    peer: peerName,
    peerValue: round(peerValue),
    ratio: round(value / peerValue),
  }
}
