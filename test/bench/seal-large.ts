import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { certificateFingerprint } from '#electron/crypto/certificates.ts'
import { sealBundle } from '#electron/sealing/bundle.ts'
import { openBundle } from '#electron/sealing/open-bundle.ts'
import { type Cast, makeCast, sampleRequest } from '#test/support/bundles.ts'
import { openerOf } from '#test/support/certificates.ts'
import { makeParts, measure, peer, type SealMeasure, sealTools, timed } from './seal.ts'

/** Twenty files that make a bundle just below the largest one, and ten thousand small ones, in bytes each. */
const large = { count: 20, size: 48 * 1024 ** 2 }
const small = { count: 10_000, size: 8 * 1024 }

/**
 * `seal.1gb` and `seal.10k-files` against the tools of `seal.200mb`; `verify.1gb`: the bundle decrypted and judged in full,
 * against `openssl cms -decrypt`, tar, both checksums and `cms -verify` on the same bundle. One round each: they are long.
 */
export async function benchSealLarge(): Promise<SealMeasure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'yuetan-bench-'))
  try {
    const cast = makeCast()
    const sealed = join(folder, 'large')
    const figures = [await sealFigure('seal.1gb', sealed, cast, large)]
    const file = join(sealed, 'out', 'case-2026-0001.sealed')
    const caFingerprint = certificateFingerprint(cast.authority.certificate)
    const ours = await timed(async () => {
      const verdict = await openBundle(file, openerOf(cast.recipient), join(sealed, 'ours.tar'), { caFingerprint })
      if (verdict.colour !== 'green') throw new Error('bench: the bundle is not sound')
    })
    rmSync(join(sealed, 'ours.tar'))
    rmSync(join(sealed, 'in'), { recursive: true })
    const theirs = await timed(async () => verifyPeer(sealed, file, cast))
    const tools = 'openssl cms -decrypt + tar x + sha256sum -c + sha512sum -c + openssl cms -verify'
    figures.push(measure('verify.1gb', ours, 'ms', tools, theirs))
    rmSync(sealed, { recursive: true })
    figures.push(await sealFigure('seal.10k-files', join(folder, 'small'), cast, small))
    return figures
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function sealFigure(
  name: string,
  folder: string,
  cast: Cast,
  { count, size }: { readonly count: number; readonly size: number },
): Promise<SealMeasure> {
  const out = join(folder, 'out')
  mkdirSync(out, { recursive: true })
  const parts = await makeParts(join(folder, 'in'), count, size)
  writeFileSync(join(folder, 'recipient.pem'), cast.recipient.certificate)
  const request = await sampleRequest(cast, out, parts, Buffer.alloc(80_000))
  const ours = await timed(() => sealBundle(request))
  const theirs = await timed(async () => peer(folder))
  return measure(name, ours, 'ms', sealTools, theirs)
}

/** What `verify/README.txt` tells a stranger to do. */
function verifyPeer(folder: string, file: string, cast: Cast): void {
  writeFileSync(join(folder, 'key.pem'), cast.recipient.key.export({ type: 'pkcs8', format: 'pem' }))
  const script = [
    `openssl cms -decrypt -binary -inform DER -in ${file} -inkey key.pem -recip recipient.pem -out peer.tar`,
    'tar xf peer.tar',
    'cd case-2026-0001',
    'sha256sum -c --strict --quiet tagmanifest-sha256.txt manifest-sha256.txt',
    'sha512sum -c --strict --quiet tagmanifest-sha512.txt manifest-sha512.txt',
    'openssl cms -verify -binary -inform DER -in signature.p7s -content tagmanifest-sha256.txt' +
      ' -CAfile verify/ca.crt.pem -out /dev/null 2>/dev/null',
  ].join(' && ')
  execFileSync('sh', ['-c', script], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
}
