import { sealBundle } from '#electron/sealing/bundle.ts'
import { makeCast, sampleRequest } from './bundles.ts'

/** Seals a part that never ends into the folder named on the command line: there to be killed. */
const folder = process.argv[2]
if (!folder) throw new Error('folder')
const open = async function* (): AsyncGenerator<Uint8Array> {
  for (;;) {
    yield Buffer.alloc(1 << 16)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
const size = 500 * 1024 ** 2
const endless = {
  path: 'data/materials/a.txt',
  title: '长',
  role: 'paper',
  mediaType: 'text/plain',
  size,
  sha256: '0'.repeat(64),
  open,
}
await sealBundle(await sampleRequest(makeCast(), folder, [endless], Buffer.alloc(80_000)))
