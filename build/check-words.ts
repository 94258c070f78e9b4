import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.ts'

/** What must never stand in a tracked file. The patterns are written so that this file does not match itself. */
const banned: readonly { readonly pattern: RegExp; readonly why: string; readonly only?: RegExp }[] = [
  { pattern: /(?<![\w./-])\/(?:work|root|home)\/[a-z]/, why: 'a path of one machine' },
  { pattern: /"resolved":\s*"https?:/, why: 'a registry host', only: /package-lock\.json$/ },
  {
    pattern: /\b(?:TO[D]O|FIX[M]E|X{3})\b/,
    why: 'unfinished work belongs to an issue',
    only: /\.(?:ts|tsx|mjs|css|html)$/,
  },
  { pattern: /\b(?:describe|it|test)\.(?:only|todo|fails)\b/, why: 'a narrowed test', only: /^test\/.*\.ts$/ },
  { pattern: /\bATTACH\s+(?:DATABASE\b|['"])/, why: 'a plaintext leak (TECH 2.4)', only: /^(?:db|electron)\/.*\.ts$/ },
  { pattern: /\bdebugger\b\s*;?$/m, why: 'a breakpoint', only: /\.(?:ts|tsx)$/ },
]

/** Lines of tracked text files that hold something banned. */
export function checkWords(): string[] {
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
  return files
    .split('\0')
    .filter((file) => file !== '' && statSync(join(root, file), { throwIfNoEntry: false })?.isFile())
    .flatMap((file) => wordsOf(file, readFileSync(join(root, file), 'utf8')))
}

/** The banned lines of one file. */
export function wordsOf(file: string, text: string): string[] {
  if (text.includes('\0')) return []
  return banned.flatMap(({ pattern, why, only }) => {
    if (only && !only.test(file)) return []
    const at = text.search(pattern)
    return at < 0 ? [] : [`${file}:${text.slice(0, at).split('\n').length}: ${why}`]
  })
}
