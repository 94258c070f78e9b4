import * as v from 'valibot'
import { businessRoles, recordWriters } from '../domain/accounts.ts'
import { id, nothing, path } from '../domain/common.ts'
import { preferences } from '../domain/desk-keys.ts'
import { outlineLine } from '../domain/interviews.ts'
import { template, templateInput } from '../domain/outline.ts'
import { phrase, phraseCode, phraseText, word } from '../domain/phrases.ts'
import { verb } from './verb.ts'

const common = {
  window: 'case',
  stepUp: { none: 'nothing leaves the archive' },
  database: 'cases',
} as const
const tool = { ...common, scope: { none: 'a tool of the desk; it belongs to no case' } } as const

/** Tools of the one who keeps the record: 短语, 提纲模板, 开场语, keys, and the words a case completes. */
export const aids = {
  'aids.tools': verb({
    ...tool,
    input: nothing,
    output: v.object({
      phrases: v.array(phrase),
      templates: v.array(template),
      /** 开场语 in force: the unit's own, or the shipped ones. */
      opening: v.array(outlineLine),
      preferences,
    }),
    roles: businessRoles,
    audit: { none: 'read whenever a desk is laid; it holds no case' },
  }),
  /** Names, posts and enterprises of one case for completion, and the materials that may be shown (出示). */
  'aids.words': verb({
    ...common,
    scope: 'case',
    input: v.object({ caseId: id, interviewId: id }),
    output: v.object({ words: v.array(word), materials: v.array(v.string()) }),
    roles: businessRoles,
    audit: 'aids.words',
  }),
  /** A null id makes a phrase; a code stands once among the unit's and once among the account's own. */
  'aids.savePhrase': verb({
    ...tool,
    input: v.object({ id: v.nullable(id), shared: v.boolean(), code: phraseCode, text: phraseText }),
    output: phrase,
    roles: recordWriters,
    audit: 'aids.savePhrase',
  }),
  'aids.removePhrase': verb({
    ...tool,
    input: v.object({ id }),
    output: nothing,
    roles: recordWriters,
    audit: 'aids.removePhrase',
  }),
  'aids.saveTemplate': verb({
    ...tool,
    input: v.object({ id: v.nullable(id), template: templateInput }),
    output: template,
    roles: recordWriters,
    audit: 'aids.saveTemplate',
  }),
  'aids.removeTemplate': verb({
    ...tool,
    input: v.object({ id }),
    output: nothing,
    roles: recordWriters,
    audit: 'aids.removeTemplate',
  }),
  /** Keys of the signed-in account; refused when two acts would share one. */
  'aids.savePreferences': verb({
    ...tool,
    input: preferences,
    output: preferences,
    roles: recordWriters,
    audit: 'aids.savePreferences',
  }),
  /** 按键卡 of the account as one sheet, into a folder the user chose; it names keys and nothing of a case. */
  'aids.keyCard': verb({
    ...tool,
    stepUp: 'password',
    input: v.object({ folder: path }),
    output: v.object({ file: v.string() }),
    roles: recordWriters,
    audit: 'aids.keyCard',
  }),
} as const
