import * as v from 'valibot'
import { verdict } from './archive.ts'
import { bagPlace } from './bags.ts'
import { id, line, optionalLine } from './common.ts'
import { level } from './secrecy.ts'

// 接收 (DA/T 93): a bundle another archive sealed is verified, seen, and kept as a read-only volume under its number.

/** One piece of a received volume, in the sender's words. */
export const receivedItem = v.object({
  title: v.string(),
  number: v.string(),
  author: v.string(),
  day: v.string(),
  /** 密级 as the sender named it. */
  level: v.string(),
  term: v.string(),
  pages: v.number(),
  /** Paths of its files. */
  documents: v.array(v.string()),
})
export type ReceivedItem = v.InferOutput<typeof receivedItem>

/** One file of a received volume and its place in the tar that is kept. */
export const receivedFile = v.object({
  path: v.string(),
  title: v.string(),
  role: v.string(),
  mediaType: v.string(),
  offset: v.number(),
  size: v.number(),
})
export type ReceivedFile = v.InferOutput<typeof receivedFile>

/** What a bundle is, before and after it is kept. */
const consignment = {
  deliveryId: v.string(),
  sender: v.string(),
  signer: v.string(),
  signedAt: v.string(),
  /** SHA-256 of the sender's CA, as it was confirmed from paper. */
  authority: v.string(),
  sequence: v.number(),
  archivalCode: v.string(),
  title: v.string(),
  level,
  /** Which of how many bundles of the case. */
  bag: bagPlace,
  files: v.number(),
  bytes: v.number(),
  /** SHA-256 of the sealed file as it came. */
  sha256: v.string(),
}

/** What of a case in several bundles is here; both empty for a case in one. */
export const groupKept = {
  /** The other bundles of the case that were received. */
  kept: v.array(v.object({ bag: v.number(), as: v.string() })),
  /** Numbers of those that have not come yet. */
  missing: v.array(v.number()),
}

/** What lies on the disc, before anything is kept. `holdId` is null when it cannot be kept. */
export const receivedPreview = v.object({
  holdId: v.nullable(id),
  verdict,
  /** Null for what is red: what a bundle says of itself is then not repeated. */
  consignment: v.nullable(v.object(consignment)),
  items: v.array(receivedItem),
  /** Number under which the same bundle was received already. */
  alreadyAs: v.nullable(v.string()),
  /** Numbers of earlier bundles of the same volume, those of its own group left out. */
  earlier: v.array(v.string()),
  ...groupKept,
})

/** One line of the 接收登记. */
export const receiving = v.object({
  id,
  /** `接收〔2026〕1号`. */
  number: v.string(),
  ...consignment,
  receivedAt: v.string(),
  receivedBy: id,
  note: v.string(),
})
export type Receiving = v.InferOutput<typeof receiving>

export const receivingNote = optionalLine
/** A fingerprint as it is typed from paper; receiving never goes without one. */
export const typedFingerprint = line

/** 接收号, in one sequence a year. */
export function receivingNumber(year: number, n: number): string {
  return `接收〔${year}〕${n}号`
}
