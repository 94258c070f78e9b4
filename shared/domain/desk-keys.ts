import * as v from 'valibot'

/** What keys do at the live record, in the groups and the order of the key card. */
export const deskKeyGroups = [
  {
    name: '类别',
    actions: ['explain', 'statement', 'question', 'answer', 'opinion', 'commitment', 'exhibit', 'other'],
  },
  { name: '第八条内容', actions: ['sectionState', 'sectionHear', 'sectionAsk', 'sectionOther'] },
  {
    name: '发言人',
    actions: [
      'speaker1',
      'speaker2',
      'speaker3',
      'speaker4',
      'speaker5',
      'speaker6',
      'speaker7',
      'speaker8',
      'speaker9',
      'speaker',
    ],
  },
  {
    name: '对象企业（集体约谈）',
    actions: [
      'audience',
      'audienceAll',
      'audience1',
      'audience2',
      'audience3',
      'audience4',
      'audience5',
      'audience6',
      'audience7',
      'audience8',
      'audience9',
    ],
  },
  {
    name: '正在输入的话',
    actions: ['time', 'mark', 'promise', 'show', 'phrase', 'take', 'nextWord', 'editLast', 'alternate', 'opening'],
  },
  { name: '记录和现场', actions: ['find', 'newest', 'larger', 'smaller', 'offRecord', 'side', 'hold', 'end'] },
] as const
export type DeskAction = (typeof deskKeyGroups)[number]['actions'][number]
export const deskActions: readonly DeskAction[] = deskKeyGroups.flatMap((group): readonly DeskAction[] => group.actions)
const deskAction = v.picklist(deskActions)

export const deskActionNames: Readonly<Record<DeskAction, string>> = {
  explain: '类别：说明',
  statement: '类别：陈述',
  question: '类别：询问',
  answer: '类别：答复',
  opinion: '类别：监管意见',
  commitment: '类别：承诺',
  exhibit: '类别：材料',
  other: '类别：其他',
  sectionState: '第八条（一）逐个要点',
  sectionHear: '第八条（二）逐个要点',
  sectionAsk: '第八条（三）必要的询问',
  sectionOther: '第八条（四）其他',
  speaker1: '发言人 1',
  speaker2: '发言人 2',
  speaker3: '发言人 3',
  speaker4: '发言人 4',
  speaker5: '发言人 5',
  speaker6: '发言人 6',
  speaker7: '发言人 7',
  speaker8: '发言人 8',
  speaker9: '发言人 9',
  speaker: '选发言人（九人以上）',
  audience: '依次换对象企业',
  audienceAll: '对象：全体企业',
  audience1: '对象：第 1 家企业',
  audience2: '对象：第 2 家企业',
  audience3: '对象：第 3 家企业',
  audience4: '对象：第 4 家企业',
  audience5: '对象：第 5 家企业',
  audience6: '对象：第 6 家企业',
  audience7: '对象：第 7 家企业',
  audience8: '对象：第 8 家企业',
  audience9: '对象：第 9 家企业',
  time: '插入时间',
  mark: '本句待核',
  promise: '记承诺：责任人、期限',
  show: '出示材料',
  phrase: '短语：选中即存，未选打开',
  take: '取所提示的词',
  nextWord: '提示的词换下一个',
  editLast: '空行时修改上一句',
  alternate: '问答自动交替',
  opening: '插入开场语',
  find: '在记录中查找',
  newest: '回到最新一句',
  larger: '放大记录文字',
  smaller: '缩小记录文字',
  offRecord: '记录外暂停，再按继续',
  side: '打开、关闭旁屏',
  hold: '旁屏停留、跟随',
  end: '结束约谈',
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
  speaker1: 'Alt+1',
  speaker2: 'Alt+2',
  speaker3: 'Alt+3',
  speaker4: 'Alt+4',
  speaker5: 'Alt+5',
  speaker6: 'Alt+6',
  speaker7: 'Alt+7',
  speaker8: 'Alt+8',
  speaker9: 'Alt+9',
  speaker: 'Alt+0',
  audience: 'Alt+D',
  audienceAll: 'Ctrl+Alt+0',
  audience1: 'Ctrl+Alt+1',
  audience2: 'Ctrl+Alt+2',
  audience3: 'Ctrl+Alt+3',
  audience4: 'Ctrl+Alt+4',
  audience5: 'Ctrl+Alt+5',
  audience6: 'Ctrl+Alt+6',
  audience7: 'Ctrl+Alt+7',
  audience8: 'Ctrl+Alt+8',
  audience9: 'Ctrl+Alt+9',
  time: 'F4',
  mark: 'F5',
  promise: 'F8',
  show: 'F6',
  phrase: 'F9',
  take: 'Tab',
  nextWord: 'Shift+Tab',
  editLast: 'ArrowUp',
  alternate: 'Alt+Q',
  opening: 'Alt+K',
  find: 'Ctrl+F',
  newest: 'Ctrl+End',
  larger: 'Ctrl+=',
  smaller: 'Ctrl+-',
  offRecord: 'F7',
  side: 'Alt+P',
  hold: 'Alt+H',
  end: 'Alt+Shift+E',
}

/** A key that is the same for every account, with the reason; the key card says both. */
export interface FixedKey {
  /** As the card shows it. */
  readonly shown: string
  /** Keys that can be given to nothing else; empty where it is typed text. */
  readonly keys: readonly string[]
  readonly action: string
  readonly why: string
}

export const fixedKeys: readonly FixedKey[] = [
  { shown: 'Enter', keys: ['Enter'], action: '成句', why: '若改用他键，回车便成句内换行，容易把两句并作一句' },
  { shown: 'Shift+Enter', keys: ['Shift+Enter'], action: '句内换行', why: '与 Enter 成对' },
  { shown: '代码；', keys: [], action: '展开短语', why: '是打进去的文字，代码在“短语”中自定' },
  { shown: 'Esc', keys: ['Escape'], action: '回到原处、关闭右栏', why: '误按任何键之后，总有一个键能退回' },
  {
    shown: 'Ctrl+Z / Ctrl+Y',
    keys: ['Ctrl+Z', 'Ctrl+Y', 'Ctrl+Shift+Z'],
    action: '撤销、重做本句',
    why: '各程序通用',
  },
  {
    shown: 'Ctrl+A / C / X / V',
    keys: ['Ctrl+A', 'Ctrl+C', 'Ctrl+X', 'Ctrl+V'],
    action: '全选、复制、剪切、粘贴',
    why: '各程序通用',
  },
  { shown: 'Ctrl+L', keys: ['Ctrl+L'], action: '锁定', why: '离座必锁，换人也须按得到' },
  {
    shown: 'Ctrl+K / Ctrl+1—9',
    keys: ['Ctrl+K', ...Array.from({ length: 9 }, (_, index) => `Ctrl+${index + 1}`)],
    action: '全局搜索、换房间',
    why: '整个窗口通用',
  },
]

/** A key with its modifiers as `renderer/app/keyboard.ts` writes it. */
const shortcut = v.pipe(
  v.string(),
  v.regex(
    /^(Ctrl\+)?(Alt\+)?(Shift\+)?(F\d{1,2}|[A-Z0-9]|[=\-[\]',./\\`]|Home|End|PageUp|PageDown|Insert|Tab|ArrowUp|ArrowDown)$/,
  ),
)

/** Keys that differ from the shipped ones, by action. */
const keyMap = v.record(deskAction, shortcut)
export type KeyMap = Readonly<Partial<Record<DeskAction, string>>>
export type DeskKeys = Readonly<Record<DeskAction, string>>

/** Keys in force: the account's own over the shipped ones. */
export function keysInForce(own: KeyMap): DeskKeys {
  return { ...defaultKeys, ...own }
}

/** The action of a numbered speaker key, from 1; null beyond those that have one. */
export function speakerAction(number: number | null): DeskAction | null {
  return deskActions.find((action) => action === `speaker${number}`) ?? null
}

/** The action of the enterprise at a place in the list, from 1; null beyond those that have one. */
export function audienceAction(number: number): DeskAction | null {
  return deskActions.find((action) => action === `audience${number}`) ?? null
}

/**
 * Bare keys that belong to the text except where they have nothing to do there: Tab while a word is offered, the arrow
 * in an empty line. Only the action they were shipped with may have them.
 */
const bareKeys: readonly DeskAction[] = ['take', 'nextWord', 'editLast']

/** Keys the text, the frame or the system already use; they can be given to nothing else. */
function reserved(action: DeskAction, key: string): boolean {
  if (bareKeys.includes(action) && key === defaultKeys[action]) return false
  if (key.endsWith('Tab') || /^(Alt|Ctrl)\+F4$/.test(key) || key === 'Ctrl+Shift+I') return true
  if (/^(F1|F11|F12)$/.test(key)) return true
  // Without a modifier only function keys leave the text alone; these belong to the caret.
  return /^(Shift\+)?([A-Z0-9]|[=\-[\]',./\\`]|Home|End|PageUp|PageDown|Insert|ArrowUp|ArrowDown)$/.test(key)
}

export type KeyFault =
  | { readonly code: 'unusable' }
  | { readonly code: 'reserved' }
  | { readonly code: 'fixed'; readonly by: FixedKey }
  | { readonly code: 'taken'; readonly by: DeskAction }

/** Why a key cannot be given to an action; null when it can. */
export function keyFault(keys: DeskKeys, action: DeskAction, key: string): KeyFault | null {
  const fixed = fixedKeys.find((one) => one.keys.includes(key))
  if (fixed !== undefined) return { code: 'fixed', by: fixed }
  if (!v.is(shortcut, key)) return { code: 'unusable' }
  if (reserved(action, key)) return { code: 'reserved' }
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
