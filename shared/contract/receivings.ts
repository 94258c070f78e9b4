import * as v from 'valibot'
import { verdict } from '../domain/archive.ts'
import { id, nothing, path } from '../domain/common.ts'
import {
  groupKept,
  receivedFile,
  receivedItem,
  receivedPreview,
  receiving,
  receivingNote,
  typedFingerprint,
} from '../domain/receivings.ts'
import { verb } from './verb.ts'

/** Those to whom another archive seals a case: the archivist, and who takes in leads (Art. 20). */
const receivers = ['archivist', 'accountabilityOffice'] as const
const common = {
  window: 'case',
  database: 'cases',
  roles: receivers,
  scope: 'filtered',
  stepUp: { none: 'nothing leaves the archive' },
} as const
const row = v.object({ ...receiving.entries, by: v.string() })

export const receivings = {
  /** Writes the account's own encryption certificate into a folder: what a sender seals for, compared on paper. */
  'receivings.certificate': verb({
    ...common,
    scope: { none: 'a public certificate, no case' },
    stepUp: 'password',
    input: v.object({ folder: path }),
    output: v.object({ file: v.string(), fingerprint: v.string(), notAfter: v.string() }),
    audit: 'receivings.certificate',
  }),
  /** Opens a bundle with the account's own key and judges it; nothing is kept yet, and nothing stands in the clear. */
  'receivings.open': verb({
    ...common,
    scope: { none: 'a file from outside, no case of this archive' },
    input: v.object({ file: path, caFingerprint: typedFingerprint, job: v.string() }),
    output: receivedPreview,
    audit: 'receivings.open',
  }),
  /** Forgets what was opened. */
  'receivings.discard': verb({
    ...common,
    scope: { none: 'a file from outside, no case of this archive' },
    input: v.object({ holdId: id }),
    output: nothing,
    audit: 'receivings.discard',
  }),
  /** 接收: keeps what was opened, read-only, under the next number; a signed act, with its receipt. */
  'receivings.receive': verb({
    ...common,
    scope: { none: 'a file from outside, no case of this archive' },
    input: v.object({ holdId: id, note: receivingNote }),
    output: row,
    audit: 'receivings.receive',
  }),
  /** 接收登记: an archivist sees every line, others those they received. */
  'receivings.list': verb({ ...common, input: nothing, output: v.array(row), audit: 'receivings.list' }),
  /** One received volume with its pieces and what the verification found. */
  'receivings.get': verb({
    ...common,
    input: v.object({ receivingId: id }),
    output: v.object({
      ...row.entries,
      ...groupKept,
      items: v.array(receivedItem),
      parts: v.array(receivedFile),
      verdict,
    }),
    audit: 'receivings.get',
  }),
  /** One file of a received volume, or its receipt (`receipt`), for the window only. */
  'receivings.file': verb({
    ...common,
    input: v.object({ receivingId: id, path: v.string() }),
    output: v.object({ bytes: v.instance(Uint8Array), mediaType: v.string() }),
    stepUp: { none: 'shown inside the window only' },
    audit: 'receivings.file',
  }),
  /** Writes the receipt into a folder: a form that goes back to the sender and names no content. */
  'receivings.receipt': verb({
    ...common,
    stepUp: 'password',
    input: v.object({ receivingId: id, folder: path }),
    output: v.object({ file: v.string() }),
    audit: 'receivings.receipt',
  }),
} as const
