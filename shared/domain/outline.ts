import * as v from 'valibot'
import { planDeadline, type RuleProfile, termOf } from '../rules/profile.ts'
import { type TriggerCode, triggerCode } from './cases.ts'
import { articleName, id, line } from './common.ts'
import { partsOf } from './coverage.ts'
import { type AttendeeInput, type OutlineLine, outlineLine, type Section, sections } from './interviews.ts'
import type { NoticeFields, Substitute } from './notices.ts'

/** 提纲模板 of one trigger of Art. 3, or 开场语 of every interview; made and kept by the unit itself. */
export const templateInput = v.object({
  kind: v.picklist(['outline', 'opening']),
  /** Trigger the outline is for; null: for every case. Always null for 开场语. */
  trigger: v.nullable(triggerCode),
  name: line,
  lines: v.pipe(v.array(outlineLine), v.minLength(1), v.maxLength(60)),
})
export type TemplateInput = v.InferOutput<typeof templateInput>
export const template = v.object({ id, ...templateInput.entries, updatedAt: v.string(), by: v.string() })
export type Template = v.InferOutput<typeof template>

/** What a unit without 开场语 of its own begins with: reason (Art. 8 一), discipline, secrecy (Art. 21). */
export const shippedOpening: readonly OutlineLine[] = [
  {
    section: 'state',
    text: '今天，根据《市国资委国资监管责任约谈工作规则》有关规定，就{事由}事项对{企业}进行责任约谈，由{主持人}主持。',
  },
  {
    section: 'state',
    text: '请参加约谈的同志遵守约谈纪律，如实陈述情况、回答询问，不得隐瞒、歪曲事实；未经允许不得录音、录像、拍照。',
  },
  {
    section: 'state',
    text: '本次约谈内容按照保密规定管理，请将手机等电子设备存放在指定位置，不得向无关人员泄露约谈内容和有关材料。',
  },
]

/** What is known of a case when its outline is drafted. */
export interface OutlineFacts {
  readonly matter: string
  readonly triggers: readonly TriggerCode[]
  readonly facts: string
  readonly amountFen: number | null
  readonly instruction: string
  readonly earlierDemand: string
  readonly materials: readonly string[]
}

/**
 * 提纲 by the four contents of Art. 8: its own parts, filled from the case file, then the lines of the unit's templates
 * for the triggers of the case. A line that stands twice is written once.
 */
export function draftOutline(
  rules: RuleProfile,
  facts: OutlineFacts,
  templates: readonly Template[],
): readonly OutlineLine[] {
  const own: Record<Section, string[]> = { state: [], hear: [...partsOf(rules, 'hear')], ask: [], other: [] }
  const [reason = '', problems = '', risk = '', demand = ''] = partsOf(rules, 'state')
  const grounds = facts.triggers.map((code) => `第三条（${markOf(rules, code)}）`).join('、')
  own.state.push(
    `${reason}：${facts.matter}${grounds === '' ? '' : `（${grounds}）`}`,
    facts.facts === '' ? problems : `${problems}：${shorten(facts.facts)}`,
    risk,
    facts.instruction === '' ? demand : `${demand}：落实批示“${shorten(facts.instruction)}”`,
  )
  if (facts.amountFen !== null)
    own.hear[1] = `${own.hear[1] ?? ''}（涉及金额${(facts.amountFen / 1_000_000).toLocaleString('zh-CN')}万元）`
  if (facts.earlierDemand !== '') own.ask.push(`${shorten(facts.earlierDemand)}的整改要求为何未落实`)
  for (const title of facts.materials) own.ask.push(`核对提交的材料：${shorten(title)}`)
  const plan = planDeadline(rules)
  own.other.push('是否还有补充说明', `按${articleName(plan.article)}在${termOf(plan)}内报送${plan.name}`)
  const lines = sections.flatMap((section) => own[section].map((text) => ({ section, text })))
  const added = templates
    .filter((one) => one.kind === 'outline' && (one.trigger === null || facts.triggers.includes(one.trigger)))
    .flatMap((one) => one.lines)
  const seen = new Set<string>()
  const all = [...lines, ...added].filter(({ section, text }) => {
    const key = `${section} ${text}`
    if (text === '' || seen.has(key)) return false
    seen.add(key)
    return true
  })
  return sections.flatMap((section) => all.filter((one) => one.section === section))
}

const longestFact = 60
const shorten = (text: string): string => {
  const flat = text.replace(/\s+/g, ' ').trim()
  return flat.length > longestFact ? `${flat.slice(0, longestFact)}……` : flat
}

function markOf(rules: RuleProfile, code: TriggerCode): string {
  return rules.triggers.find((one) => one.code === code)?.mark ?? ''
}

/** What a notice and the roll say about the people of one enterprise. */
export interface Invited {
  readonly enterpriseId: string
  readonly name: string
  readonly form: Pick<
    NoticeFields,
    'unit' | 'hostName' | 'hostTitle' | 'interviewees' | 'copies' | 'contact' | 'jointUnits' | 'persons'
  >
  /** Who was announced to come instead (Art. 10). */
  readonly substitutes: readonly Substitute[]
  /** Persons with a present post there. */
  readonly roll: readonly { readonly name: string; readonly title: string }[]
}

/** Posts that answer to a group of Art. 7 and the notice; the others are filled in by hand. */
const leaders = /^(?:党委书记|党组书记|董事长|总经理|总裁|主任|院长)/
const deputies = /^(?:副|党委副书记|总会计师|总工程师|总法律顾问|财务总监)/

/**
 * Participants and speaker keys as the notices have them: host and 约谈单位 (Art. 5), offices that take part together
 * (those the notice names; where it names none, the discipline group when a copy goes there), and of each enterprise the
 * persons called by name, also of subsidiaries, and the groups that were asked for (Art. 7). A group nobody of the roll answers to stands as an empty line with the group as its post.
 */
export function draftAttendees(
  invited: readonly Invited[],
  recorder: string,
  office: string,
): readonly AttendeeInput[] {
  const [first] = invited
  const people: Omit<AttendeeInput, 'speakerKey'>[] = []
  const unit = first?.form.unit ?? office
  people.push({
    delegation: 'host',
    enterpriseId: null,
    unit,
    name: first?.form.hostName ?? '',
    title: first?.form.hostTitle ?? '',
  })
  const contact = first?.form.contact ?? ''
  if (contact !== '' && contact !== recorder && contact !== first?.form.hostName)
    people.push({ delegation: 'host', enterpriseId: null, unit, name: contact, title: '' })
  const named = new Set(invited.flatMap((one) => one.form.jointUnits))
  const copied = new Set(invited.flatMap((one) => one.form.copies).filter((one) => /纪检监察组$/.test(one)))
  for (const joint of named.size > 0 ? named : copied)
    people.push({ delegation: 'joint', enterpriseId: null, unit: joint, name: '', title: '' })
  for (const { enterpriseId, name: own, form, substitutes, roll } of invited) {
    const called: (Omit<AttendeeInput, 'speakerKey'> & { readonly group: string })[] = []
    const asked = form.interviewees.length === 0 ? ['有关负责人'] : form.interviewees
    const taken = new Set(form.persons.map((one) => one.name))
    for (const one of form.persons)
      called.push({
        delegation: 'enterprise',
        enterpriseId,
        unit: one.unit === '' ? own : one.unit,
        name: one.name,
        title: one.title,
        group: '',
      })
    for (const group of asked) {
      const pattern = group.includes('主要') ? leaders : group.includes('分管') ? deputies : null
      const found = roll.filter((one) => !taken.has(one.name) && pattern?.test(one.title))
      for (const one of found) taken.add(one.name)
      const named = form.persons.some((one) => pattern?.test(one.title))
      const listed = found.length > 0 ? found : named ? [] : [{ name: '', title: group }]
      for (const { name, title } of listed)
        called.push({ delegation: 'enterprise', enterpriseId, unit: own, name, title, group })
    }
    // Whoever was announced takes the place of the one who does not come.
    for (const { instead, name, title } of substitutes) {
      const at = instead === '' ? -1 : called.findIndex((one) => one.name === instead || one.group === instead)
      const unit = called[at]?.unit ?? own
      const other = { delegation: 'enterprise' as const, enterpriseId, unit, name, title, group: '' }
      called.splice(at === -1 ? called.length : at, at === -1 ? 0 : 1, other)
    }
    people.push(...called.map(({ group: _group, ...one }) => one))
  }
  people.push({ delegation: 'recorder', enterpriseId: null, unit: office, name: recorder, title: '' })
  let key = 0
  return people.map((one) => {
    if (one.delegation === 'recorder') return { ...one, speakerKey: null }
    key += 1
    return { ...one, speakerKey: key }
  })
}
