import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fail } from '#shared/contract/errors.ts'
import type { Verdict } from '#shared/domain/archive.ts'
import { openEnvelope, type Recipient } from '../crypto/cms-enveloped.ts'
import type { JudgeOptions } from './judge.ts'
import { belowRoot, indexTar, TarError } from './tar.ts'
import { fileSource, readRange, verifyBundle } from './verify.ts'

/** Decrypts a sealed bundle to `target` (a tar) with a recipient's key and judges it. Errors: those of `openEnvelope`. */
export async function openBundle(
  source: string,
  recipient: Recipient,
  target: string,
  options: JudgeOptions = {},
): Promise<Verdict> {
  await openEnvelope(source, recipient, target, options.progress ? { progress: options.progress } : {})
  return verifyBundle(target, options)
}

/**
 * Extracts a tar into a new folder `target`: built beside it as `.part`, renamed when whole. Fails with `bundle.tar`
 * when it holds anything but plain files under safe names, `bundle.exists` when the folder is there.
 */
export async function extractBundle(tar: string, target: string): Promise<void> {
  const part = `${target}.part`
  const handle = await open(tar, 'r')
  try {
    await rm(part, { recursive: true, force: true })
    for (const entry of belowRoot(await indexTar(fileSource(handle, (await handle.stat()).size)))) {
      const path = join(part, entry.path)
      await mkdir(dirname(path), { recursive: true })
      const out = await open(path, 'wx', 0o600)
      try {
        for await (const chunk of readRange(handle, entry.offset, entry.size)) await out.write(chunk)
      } finally {
        await out.close()
      }
    }
    await rename(part, target).catch(() => fail('bundle.exists'))
  } catch (error) {
    if (error instanceof TarError) fail('bundle.tar', { reason: error.reason })
    throw error
  } finally {
    await rm(part, { recursive: true, force: true })
    await handle.close()
  }
}
