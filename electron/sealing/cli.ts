import { basename } from 'node:path'
import { judgeGroup, type NamedVerdict } from './group.ts'
import { verifyBundle } from './verify.ts'

const statuses = { green: 0, amber: 1, red: 2 } as const

/**
 * `--verify FILE... [--ca FINGERPRINT]`: prints the verdict as JSON; of several files the verdict on each, and on them as the
 * bundles of one case. Exit status 0 green, 1 amber, 2 red, of the worst; 64 wrong usage.
 */
export async function verifyFromCommandLine(args: readonly string[], print: (line: string) => void): Promise<number> {
  const valuesOf = (name: string): readonly string[] => {
    const at = args.indexOf(name)
    const after = at === -1 ? [] : args.slice(at + 1)
    const end = after.findIndex((word) => word.startsWith('--'))
    return end === -1 ? after : after.slice(0, end)
  }
  const files = valuesOf('--verify')
  const [caFingerprint] = valuesOf('--ca')
  const options = caFingerprint === undefined ? {} : { caFingerprint }
  const [first] = files
  if (first === undefined) {
    print(JSON.stringify({ error: 'usage', usage: '--verify FILE... [--ca FINGERPRINT]' }))
    return 64
  }
  if (files.length === 1) {
    const verdict = await verifyBundle(first, options)
    print(JSON.stringify(verdict, null, 2))
    return statuses[verdict.colour]
  }
  const bundles: NamedVerdict[] = []
  for (const file of files) bundles.push({ name: basename(file), verdict: await verifyBundle(file, options) })
  const group = judgeGroup(bundles)
  print(JSON.stringify({ group, bundles }, null, 2))
  const found = [...(group ? [group.colour] : []), ...bundles.map(({ verdict }) => verdict.colour)]
  return Math.max(...found.map((colour) => statuses[colour]))
}
