import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { sealBundle } from '#electron/sealing/bundle.ts'
import { readWhole } from '#electron/sealing/verify.ts'
import { filePart, makeCast, sampleRequest } from './bundles.ts'

/** Seals the files of a folder once: a process whose peak memory the bench reads. */
const source = process.argv[2]
if (!source) throw new Error('folder')
const parts = []
for (const [at, name] of readdirSync(source).sort().entries()) {
  const file = join(source, name)
  const hash = createHash('sha256')
  for await (const chunk of readWhole(file)) hash.update(chunk)
  parts.push(filePart(file, at, statSync(file).size, hash.digest('hex')))
}
const out = join(source, '..', 'once')
mkdirSync(out)
await sealBundle(await sampleRequest(makeCast(), out, parts, Buffer.alloc(80_000)))
rmSync(out, { recursive: true })
