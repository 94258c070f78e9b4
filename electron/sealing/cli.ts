import { verifyBundle } from './verify.ts'

/**
 * `--verify FILE [--ca FINGERPRINT]`: prints the verdict as JSON. Exit status 0 green, 1 amber, 2 red, 64 wrong usage.
 */
export async function verifyFromCommandLine(args: readonly string[], print: (line: string) => void): Promise<number> {
  const option = (name: string): string | undefined => {
    const at = args.indexOf(name)
    return at === -1 ? undefined : args[at + 1]
  }
  const file = option('--verify')
  if (file === undefined || file.startsWith('--')) {
    print(JSON.stringify({ error: 'usage', usage: '--verify FILE [--ca FINGERPRINT]' }))
    return 64
  }
  const caFingerprint = option('--ca')
  const verdict = await verifyBundle(file, caFingerprint === undefined ? {} : { caFingerprint })
  print(JSON.stringify(verdict, null, 2))
  return { green: 0, amber: 1, red: 2 }[verdict.colour]
}
