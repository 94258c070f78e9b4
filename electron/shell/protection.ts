import type { Protection } from '#shared/contract/bridge.ts'

/** The argument by which a window is told, before any of its script runs. */
const argument = '--yuetan-protection='

/**
 * What is done for a window on this system: Windows and macOS keep one out of screenshots and shared screens
 * (`setContentProtection`), Linux has no such call. A trial archive is shown to a room, so it is left open.
 */
export function protectionOf(trial: boolean, platform: NodeJS.Platform): Protection {
  if (platform !== 'win32' && platform !== 'darwin') return 'unavailable'
  return trial ? 'off' : 'on'
}

export const protectionArgument = (value: Protection): string => `${argument}${value}`

/** What the shell told the window; nothing told is nothing done. */
export function protectionFrom(argv: readonly string[]): Protection {
  const told = argv.find((one) => one.startsWith(argument))?.slice(argument.length)
  return told === 'on' || told === 'off' ? told : 'unavailable'
}
