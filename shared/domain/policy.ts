import type { Level } from './secrecy.ts'

/** What 安全保密管理员 may set; every value is a whole number (DOMAIN §2.5). */
export const policyNames = [
  'passwordLength',
  'passwordSymbols',
  'passwordDays',
  'passwordHistory',
  'lockAfter',
  'lockMinutes',
  'idleSeconds',
  'untouchedDays',
  'soonDays',
  'exportStepUp',
  'printWatermark',
  'letterLayout',
  'clipboardOut',
  'dragOut',
  'backupDays',
  'backupsKept',
  'fixityDays',
  'bundleMebibytes',
] as const
export type PolicyName = (typeof policyNames)[number]

/** How far a value may be set. What lies outside is refused by the ledger itself, whoever signed it. */
export interface PolicyRule {
  readonly least: number
  readonly most: number
  /** Where nobody has set it: never laxer than the floor. */
  readonly standard: number
  /** The same in a trial archive, where practising would be in the way of it. */
  readonly trial?: number
}

/**
 * Floors by the machine's level, fixed in code (DOMAIN §2.5: 秘密 8 characters and a month, 机密 by password alone 10
 * characters and a week). The binding text has a limited distribution: a unit may be stricter, never laxer.
 */
const byLevel: Readonly<Record<Level, { readonly length: number; readonly days: number }>> = {
  none: { length: 8, days: 90 },
  work: { length: 8, days: 90 },
  secret: { length: 8, days: 30 },
  confidential: { length: 10, days: 7 },
}

export function policyRules(level: Level): Readonly<Record<PolicyName, PolicyRule>> {
  const { length, days } = byLevel[level]
  // On a machine without state secrets the unit decides; beside them nothing leaves past the register of copies.
  const open = level === 'none' || level === 'work'
  return {
    passwordLength: { least: length, most: 64, standard: length },
    /** 1: a symbol beside letters and digits, which are always asked for. */
    passwordSymbols: { least: 0, most: 1, standard: 0 },
    passwordDays: { least: 1, most: days, standard: days },
    /** Passwords that may not come again, the present one among them. */
    passwordHistory: { least: 5, most: 24, standard: 5 },
    lockAfter: { least: 3, most: 5, standard: 5 },
    lockMinutes: { least: 15, most: 1440, standard: 15 },
    idleSeconds: { least: 60, most: 600, standard: 600 },
    /** Days a new case may lie untaken before its office head is told (the Rules, Art. 4). */
    untouchedDays: { least: 1, most: 30, standard: 3 },
    /** Days before a due day from which its light is yellow, 临期 (the Rules, Art. 11, 16). */
    soonDays: { least: 0, most: 30, standard: 3 },
    /** 1: the own password is asked again, in a window of its own, before anything leaves the archive. */
    exportStepUp: { least: open ? 0 : 1, most: 1, standard: 1, trial: 0 },
    /** Who printed which copy for whom, faint across each printed page: 0 never, 1 on classified papers, 2 on all. */
    printWatermark: { least: 0, most: 2, standard: 1 },
    /** Letters: 0 信函格式 (GB/T 9704 §10.1), 1 样式原样, the order of the Rules' own template (DOMAIN §7 row 2). */
    letterLayout: { least: 0, most: 1, standard: 0 },
    /** 1: what is copied in the window may be pasted into another program; 0: into this window only. */
    clipboardOut: { least: 0, most: open ? 1 : 0, standard: level === 'none' ? 1 : 0 },
    /** 1: text may be dragged out of the window. */
    dragOut: { least: 0, most: open ? 1 : 0, standard: level === 'none' ? 1 : 0 },
    /** Days after which 系统管理员 is told that a backup is due. */
    backupDays: { least: 1, most: 31, standard: 7 },
    /** Backups a place keeps; the oldest goes when a newer one was made and checked. */
    backupsKept: { least: 2, most: 365, standard: 7 },
    /** Days between two checks of everything the archive keeps. */
    fixityDays: { least: 1, most: 365, standard: 30 },
    /** Largest sealed bundle in MiB, where whoever receives them asks for less than a disc takes (DESIGN §8). */
    bundleMebibytes: { least: 16, most: 1024, standard: 1024 },
  }
}

/** Policies that choose among words instead of setting a number. */
const choices: Readonly<Record<string, readonly string[]>> = {
  /** From which day the 工作方案 term runs (Art. 11; DOMAIN §7 row 1). */
  planAnchor: ['interviewDay', 'minutesDay'],
}

/** Why a policy may not be set, or null when it may. */
export function policyFault(level: Level, name: string, value: unknown): 'unknownPolicy' | 'belowFloor' | null {
  const words = Object.hasOwn(choices, name) ? choices[name] : undefined
  if (words !== undefined) return typeof value === 'string' && words.includes(value) ? null : 'belowFloor'
  const rules: Readonly<Record<string, PolicyRule>> = policyRules(level)
  const rule = Object.hasOwn(rules, name) ? rules[name] : undefined
  if (rule === undefined) return 'unknownPolicy'
  if (typeof value !== 'number' || !Number.isInteger(value)) return 'belowFloor'
  return value >= rule.least && value <= rule.most ? null : 'belowFloor'
}

/** The value that holds: what was set, or the standard of the machine's level. */
export function policyValue(
  ledger: {
    readonly kind: 'production' | 'trial'
    readonly machineLevel: Level
    policy<T>(name: string, fallback: T): T
  },
  name: PolicyName,
): number {
  const rule: PolicyRule = policyRules(ledger.machineLevel)[name]
  return ledger.policy(name, ledger.kind === 'trial' ? (rule.trial ?? rule.standard) : rule.standard)
}

/** What a password lacks; null when it may be chosen. Letters and digits are always asked for. */
export function passwordFault(
  password: string,
  rule: { readonly length: number; readonly symbols: boolean },
): 'length' | 'mix' | 'symbols' | null {
  const text = password.normalize('NFC')
  if ([...text].length < rule.length) return 'length'
  if (!/\p{L}/u.test(text) || !/\d/.test(text)) return 'mix'
  return rule.symbols && !/[^\p{L}\p{N}\s]/u.test(text) ? 'symbols' : null
}
