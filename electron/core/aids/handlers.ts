import { join } from 'node:path'
import {
  findPhrase,
  listTemplates,
  phrasesFor,
  preferencesOf,
  putPhrase,
  putPreferences,
  putTemplate,
  removePhrase,
  removeTemplate,
} from '#db/repositories/aids.ts'
import { enterprisesOfCase } from '#db/repositories/cases.ts'
import { attendanceOf } from '#db/repositories/interviews.ts'
import { papersOfCase } from '#db/repositories/papers.ts'
import { peopleOf } from '#db/repositories/parties.ts'
import { documentsOfCase } from '#db/repositories/rectification.ts'
import type { PaperFile, PaperRequest } from '#electron/documents/make-paper.ts'
import type { PaperSource } from '#electron/documents/paper-of.ts'
import { fail } from '#shared/contract/errors.ts'
import { dayInChina } from '#shared/domain/common.ts'
import {
  type DeskKeys,
  deskActionNames,
  deskActions,
  firstPreferences,
  fixedKeys,
  keysFit,
  keysInForce,
} from '#shared/domain/desk-keys.ts'
import type { OutlineLine } from '#shared/domain/interviews.ts'
import { shippedOpening, type Template } from '#shared/domain/outline.ts'
import type { Word } from '#shared/domain/phrases.ts'
import { nameOf } from '../cases/case-file.ts'
import type { Context, Handlers } from '../context.ts'
import { interviewOf } from '../interviews/record.ts'
import { assertFolder, exportFile } from '../papers/export.ts'
import { frameOf } from '../papers/frame.ts'
import { initials } from '../parties/pinyin.ts'
import { rulesOf } from '../rules/rules.ts'

/** 开场语 in force: the unit's newest own, or the shipped ones. */
export function openingOf(templates: readonly Template[]): readonly OutlineLine[] {
  return templates.findLast((one) => one.kind === 'opening')?.lines ?? shippedOpening
}

async function shownTemplates(context: Context): Promise<Template[]> {
  return (await listTemplates(context.trx)).map((one) => ({ ...one, by: nameOf(context, one.by) }))
}

/** Numbered keys that differ by their figure alone stand in one row: `Alt+1—9`. */
function numbered(keys: DeskKeys, name: 'speaker' | 'audience', words: string): [string, string][] {
  const actions = deskActions.filter((action) => action.startsWith(name) && /\d$/.test(action))
  const stems = new Set(actions.map((action, index) => keys[action].replace(new RegExp(`${index + 1}$`), '')))
  const [stem = ''] = stems
  return stems.size === 1 && stem.endsWith('+')
    ? [[`${stem}1—${actions.length}`, words]]
    : actions.map((action) => [keys[action], deskActionNames[action]])
}

/** Every act of the account with its key, on one sheet as long as the numbered keys keep their order. */
function keyRows(keys: DeskKeys): [string, string][] {
  const rows = deskActions.flatMap((action): [string, string][] => {
    if (action === 'speaker1') return numbered(keys, 'speaker', '发言人 1—9')
    if (action === 'audience1') return numbered(keys, 'audience', '对象：第 1—9 家企业')
    return /\d$/.test(action) ? [] : [[keys[action], deskActionNames[action]]]
  })
  return [...rows, ...fixedKeys.map(({ shown, action }): [string, string] => [shown, `${action}＊`])]
}

/** 按键卡 of the account: keys and acts, two to a row; below, why some are the same for everybody. */
async function keyCardOf(context: Context): Promise<PaperSource> {
  const { trx, account, now } = context
  const { keys } = (await preferencesOf(trx, account.id)) ?? firstPreferences
  const rows = keyRows(keysInForce(keys))
  const half = Math.ceil(rows.length / 2)
  return {
    kind: 'register',
    data: {
      ...frameOf(context, (await rulesOf(context)).on(dayInChina(now)).profile, null, now),
      title: '约谈记录按键卡',
      landscape: false,
      facts: [`账号：${account.name}`],
      columns: [
        { label: '按键', width: 36, align: 'center' },
        { label: '动作', width: 49, align: 'left' },
        { label: '按键', width: 36, align: 'center' },
        { label: '动作', width: 49, align: 'left' },
      ],
      rows: rows.slice(0, half).map((row, index) => [...row, ...(rows[half + index] ?? ['', ''])]),
      notes: [
        '输入法正在组字时，任何快捷键都不起作用。',
        `＊ 各账号相同：${fixedKeys.map(({ shown, why }) => `${shown}，${why}`).join('；')}。`,
      ],
      anchor: null,
    },
  }
}

export const aidsHandlers = {
  'aids.tools': async (context) => {
    const { trx, account } = context
    const templates = await shownTemplates(context)
    return {
      phrases: await phrasesFor(trx, account.id),
      templates,
      opening: [...openingOf(templates)],
      preferences: (await preferencesOf(trx, account.id)) ?? firstPreferences,
    }
  },

  'aids.words': async (context, { caseId, interviewId }) => {
    const { trx } = context
    await interviewOf(context, caseId, interviewId)
    const words = new Map<string, Word>()
    const add = (text: string, kind: Word['kind']): void => {
      const known = text.trim()
      if (known.length > 1 && !words.has(known))
        words.set(known, { text: known, kind, initials: initials(known)[0] ?? '' })
    }
    for (const one of await attendanceOf(trx, interviewId)) {
      add(one.name, 'person')
      add(one.title, 'post')
      add(one.unit, 'enterprise')
    }
    for (const enterprise of await enterprisesOfCase(trx, caseId)) {
      add(enterprise.name, 'enterprise')
      add(enterprise.shortName, 'enterprise')
      for (const person of await peopleOf(trx, enterprise.id)) {
        add(person.name, 'person')
        add(person.title, 'post')
      }
    }
    const received = (await documentsOfCase(trx, caseId)).map((one) => one.title)
    // Of our own papers only the notice went to the enterprise; the others are never laid before it.
    const own = (await papersOfCase(trx, caseId)).filter((one) => one.kind === 'notice').map((one) => one.title)
    return { words: [...words.values()], materials: [...new Set([...received, ...own])] }
  },

  'aids.savePhrase': async (context, { id, shared, code, text }) => {
    const { trx, account, now } = context
    const known = await phrasesFor(trx, account.id)
    if (id !== null && !known.some((one) => one.id === id)) fail('aids.unknown')
    if (known.some((one) => one.id !== id && one.shared === shared && one.code === code)) fail('aids.codeTaken')
    const value = { id: id ?? context.newId(), shared, code, text }
    await putPhrase(trx, value, account.id, now)
    return value
  },

  'aids.removePhrase': async (context, { id }) => {
    if (!(await findPhrase(context.trx, context.account.id, id))) fail('aids.unknown')
    await removePhrase(context.trx, id)
    return {}
  },

  'aids.saveTemplate': async (context, { id, template }) => {
    const { trx, account, now } = context
    if (template.kind === 'opening' && template.trigger !== null) fail('aids.openingHasTrigger')
    if (id !== null && !(await listTemplates(trx)).some((one) => one.id === id)) fail('aids.unknown')
    const kept = id ?? context.newId()
    await putTemplate(trx, kept, template, account.id, now)
    return { id: kept, ...template, updatedAt: now, by: account.name }
  },

  'aids.removeTemplate': async ({ trx }, { id }) => {
    if (!(await removeTemplate(trx, id))) fail('aids.unknown')
    return {}
  },

  'aids.savePreferences': async ({ trx, account, now }, preferences) => {
    if (!keysFit(preferences.keys)) fail('aids.keysClash')
    await putPreferences(trx, account.id, preferences, now)
    return preferences
  },

  'aids.keyCard': {
    long: async (context, { folder }) => {
      await assertFolder(folder)
      const paper = await context.read((inside) => keyCardOf(inside))
      const request: PaperRequest = {
        paper,
        format: 'pdf',
        fontFolders: [join(context.session.resources, 'fonts')],
      }
      const { bytes } = await context.jobs.run<PaperRequest, PaperFile>('papers', request)
      return { file: await exportFile(folder, '约谈记录按键卡.pdf', bytes) }
    },
  },
} satisfies Partial<Handlers>
