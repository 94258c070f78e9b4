import type { Database } from '#db/connection.ts'
import type { Role } from '#shared/domain/accounts.ts'
import type { Finding } from '#shared/domain/audit.ts'
import type { Body } from '../accounts/ledger-kinds.ts'
import type { Journal } from '../journal.ts'
import type { Printing } from '../printing.ts'

/** An account as the ledger proves it. Names live in `office.db`, never in the key files. */
export interface Account {
  readonly id: string
  /** Sign-in code (账号). */
  readonly login: string
  readonly name: string
  readonly office: string
  readonly roles: readonly Role[]
  readonly state: 'pending' | 'active' | 'disabled'
  /** PEM certificates issued by the archive's CA (双证). */
  readonly signingCertificate: string
  readonly encryptionCertificate: string
  /** Signing certificates before an activation anew; acts signed under them stay valid. */
  readonly formerSigningCertificates?: readonly string[]
}

/** A rule profile, holiday pack or retention table as the ledger knows it: which file, who signed, whether it has effect. */
export interface Norm {
  /** Place of the record in the ledger, and its hash. */
  readonly seq: number
  readonly record: string
  readonly kind: 'ruleProfile' | 'holidayPack' | 'retentionTable'
  /** Hash of the file's content. */
  readonly hash: string
  /** Id and version of a profile; year and notice of a pack; title and approval of a table. */
  readonly name: string
  readonly version: string
  /** First day of a profile or table; 1 January of a pack's year. */
  readonly effective: string
  readonly state: 'waiting' | 'adopted' | 'declined'
  readonly signers: readonly { readonly account: string; readonly at: string }[]
  readonly reason: string
}

/** What the replayed ledger proves: the only source of roles, certificates and policy. */
export interface LedgerView {
  readonly genesis: string
  readonly kind: 'production' | 'trial'
  readonly unit: string
  /** Highest level this machine may hold (本机最高密级). */
  readonly machineLevel: 'none' | 'work' | 'secret' | 'confidential'
  readonly caCertificate: string
  /** Certificates of every CA there was, the present one last. */
  authorities(): readonly string[]
  /** Certificate of the CA that certified the account's present keys. */
  authorityOf(accountId: string): string
  account(id: string): Account | undefined
  accounts(): readonly Account[]
  /** True when the account held the role at the given ledger position or now. */
  holds(accountId: string, role: Role): boolean
  /** True when the account holds the role now, or held it until after the moment `at` (ISO UTC). */
  held(accountId: string, role: Role, at: string): boolean
  policy<T>(name: string, fallback: T): T
  /** Lost heads that 系统管理员 and 安全审计员 gave up after comparing. */
  restores(): readonly Body<'restore'>[]
  /** The clock as 安全保密管理员 last set it right; null when that was never needed. */
  clock(): Body<'clock'> | null
  /** The policy as it stood at a moment, ISO UTC: what was set later does not reach back. */
  policyAt<T>(name: string, at: string, fallback: T): T
  /** Rule profiles and holiday packs in the order of the ledger. */
  norms(): readonly Norm[]
}

/** The signed-in account with the right to sign in its own name; the private key never leaves this object. */
export interface Identity extends Account {
  /** Base64 RSA-3072 PKCS#1 v1.5 SHA-256 signature over `"yuetan/<kind>/v1\0"` + genesis + canonical JSON of `body`. */
  sign(kind: string, body: unknown): string
  /** RSA PKCS#1 v1.5 SHA-256 signature over the DER of a CMS's signed attributes (RFC 5652 §5.4), for the seal only. */
  signAttributes(der: Uint8Array): Buffer
}

/** One unlocked archive folder. `cases` is null for the three officers: they hold no key to it. */
export interface OpenArchive {
  readonly folder: string
  readonly machineFolder: string
  readonly ledger: LedgerView
  readonly office: Database
  readonly cases: Database | null
  readonly identity: Identity
}

/** The state behind one core process: at most one archive, at most one signed-in account. */
export interface Session {
  readonly archive: OpenArchive
  readonly openedAt: string
  /** What is being typed; null for the three officers, who hold no key to it. */
  readonly journal: Journal | null
  /** What does not agree with what was seen before; while one stands, business is stopped (DESIGN §4). */
  readonly findings: readonly Finding[]
  /** Folder of the program's own resources (fonts, rules); the shell names it. */
  readonly resources: string
  /** How paper comes out of this machine. */
  readonly printing: Printing
}
