import * as v from 'valibot'

/** What a key does at the live record. The order is that of the key card. */
export const deskActions = [
  'explain',
  'statement',
  'question',
  'answer',
  'opinion',
  'commitment',
  'exhibit',
  'other',
  'sectionState',
  'sectionHear',
  'sectionAsk',
  'sectionOther',
  'speaker',
  'audience',
  'time',
  'mark',
  'offRecord',
  'promise',
  'show',
  'phrase',
  'opening',
  'alternate',
  'find',
  'newest',
  'larger',
  'smaller',
] as const
export const deskAction = v.picklist(deskActions)
export type DeskAction = (typeof deskActions)[number]

export const deskActionNames: Readonly<Record<DeskAction, string>> = {
  explain: '类别：说明',
  statement: '类别：陈述',
  question: '类别：询问',
  answer: '类别：答复',
  opinion: '类别：监管意见',
  commitment: '类别：承诺',
  exhibit: '类别：材料',
  other: '类别：其他',
  sectionState: '第八条（一），再按换下一要点',
  sectionHear: '第八条（二），再按换下一要点',
  sectionAsk: '第八条（三）必要的询问',
  sectionOther: '第八条（四）其他',
  speaker: '选发言人（九人以上）',
  audience: '选对象企业（集体约谈）',
  time: '插入时间',
  mark: '本句待核',
  offRecord: '记录外暂停',
  promise: '记承诺：责任人、期限',
  show: '出示材料',
  phrase: '短语：选中即存，未选打开',
  opening: '插入开场语',
  alternate: '问答自动交替',
  find: '在记录中查找',
  newest: '回到最新一句',
  larger: '放大记录文字',
  smaller: '缩小记录文字',
}

export const defaultKeys: Readonly<Record<DeskAction, string>> = {
  explain: 'Alt+S',
  statement: 'Alt+C',
  question: 'F2',
  answer: 'F3',
  opinion: 'Alt+J',
  commitment: 'Alt+N',
  exhibit: 'Alt+M',
  other: 'Alt+T',
  sectionState: 'Alt+Shift+1',
  sectionHear: 'Alt+Shift+2',
  sectionAsk: 'Alt+Shift+3',
  sectionOther: 'Alt+Shift+4',
  speaker: 'Alt+0',
  audience: 'Alt+D',
  time: 'F4',
  mark: 'F5',
  offRecord: 'F7',
  promise: 'F8',
  show: 'F6',
  phrase: 'F9',
  opening: 'Alt+K',
  alternate: 'Alt+Q',
  find: 'Ctrl+F',
  newest: 'Ctrl+End',
  larger: 'Ctrl+=',
  smaller: 'Ctrl+-',
}

/** Keys of the text itself and of numbered people and enterprises: the same for every account. */
export const fixedKeys: readonly (readonly [key: string, action: string])[] = [
  ['Enter', '成句'],
  ['Shift+Enter', '句内换行'],
  ['Alt+1—9', '发言人'],
  ['Ctrl+Alt+1—9', '对象企业（集体约谈），Ctrl+Alt+0 为全体'],
  ['代码；', '展开短语'],
  ['Tab', '取所提示的词，Shift+Tab 换下一个'],
  ['↑（空行时）', '修改上一句，Esc 回到原处'],
  ['Ctrl+Z / Ctrl+Y', '撤销、重做（只在本句内）'],
]

/** A key with its modifiers as `renderer/app/keyboard.ts` writes it. */
export const shortcut = v.pipe(
  v.string(),
  v.regex(/^(Ctrl\+)?(Alt\+)?(Shift\+)?(F\d{1,2}|[A-Z0-9]|[=\-[\]',./\\`]|Home|End|PageUp|PageDown|Insert)$/),
)

/** Keys that differ from the shipped ones, by action. */
export const keyMap = v.record(deskAction, shortcut)
export type KeyMap = Readonly<Partial<Record<DeskAction, string>>>

/** Keys in force: the account's own over the shipped ones. */
export function keysInForce(own: KeyMap): Readonly<Record<DeskAction, string>> {
  return { ...defaultKeys, ...own }
}

/** Keys the text, the frame or the system already use; they can be given to nothing else. */
function reserved(key: string): boolean {
  if (/^(Ctrl\+)?[ACVXYZ]$/.test(key) || /^Ctrl\+Shift\+[ZI]$/.test(key)) return true
  if (/^Alt\+[1-9]$/.test(key) || /^Ctrl\+[1-9KL]$/.test(key) || /^(Alt|Ctrl)\+F4$/.test(key)) return true
  if (/^(F1|F11|F12)$/.test(key)) return true
  // Without a modifier only function keys leave the text alone; these belong to the caret.
  return /^(Shift\+)?([A-Z0-9]|[=\-[\]',./\\`]|Home|End|PageUp|PageDown|Insert)$/.test(key)
}

export type KeyFault =
  | { readonly code: 'unusable' }
  | { readonly code: 'reserved' }
  | { readonly code: 'taken'; readonly by: DeskAction }

/** Why a key cannot be given to an action; null when it can. */
export function keyFault(keys: Readonly<Record<DeskAction, string>>, action: DeskAction, key: string): KeyFault | null {
  if (!v.is(shortcut, key)) return { code: 'unusable' }
  if (reserved(key)) return { code: 'reserved' }
  const by = deskActions.find((other) => other !== action && keys[other] === key)
  return by === undefined ? null : { code: 'taken', by }
}

/** True when no two actions share a key and none is reserved: what may be kept. */
export function keysFit(own: KeyMap): boolean {
  const keys = keysInForce(own)
  return deskActions.every((action) => keyFault(keys, action, keys[action]) === null)
}

/** How an account works at the live record; kept in the archive. */
export const preferences = v.object({
  keys: keyMap,
  /** After a question the next line is the answer, and back. */
  alternate: v.boolean(),
})
export type Preferences = v.InferOutput<typeof preferences>
export const firstPreferences: Preferences = { keys: {}, alternate: true }
