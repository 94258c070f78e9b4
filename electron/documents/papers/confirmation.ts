import type { Paper } from '../model.ts'
import { clean } from '../text.ts'
import { essay, type FormFrame, form, formTable, pair, wide } from './form.ts'

/** 电话确认单, also for a confirmation in writing (the Rules 10: 以书面或者电话等方式予以确认). */
export interface ConfirmationData extends FormFrame {
  readonly enterprise: string
  readonly noticeNumber: string
  /** Time and place of the interview as the notice prints them. */
  readonly time: string
  readonly place: string
  readonly channel: '电话' | '书面'
  /** When the confirmation was given, as printed. */
  readonly confirmedAt: string
  /** Who spoke or signed for the enterprise, with post and telephone. */
  readonly confirmedBy: string
  readonly confirmerPost: string
  readonly telephone: string
  readonly takenBy: string
  readonly attends: boolean
  /** Who will come, each with the post. */
  readonly persons: readonly string[]
  readonly materials: string
  readonly note: string
}

export function confirmation(data: ConfirmationData): Paper {
  const title = data.channel === '电话' ? '责任约谈电话确认单' : '责任约谈书面确认登记单'
  return form(title, data, [
    formTable([
      wide('被约谈企业', data.enterprise, 12),
      pair('通知书文号', data.noticeNumber, '确认方式', data.channel),
      pair('约谈时间', data.time, '约谈地点', data.place),
      pair('确认时间', data.confirmedAt, '确认人', data.confirmedBy),
      pair('确认人职务', data.confirmerPost, '联系电话', data.telephone),
      wide('是否按时\n参加', data.attends ? '按时参加。' : '不能按时参加（原因见备注）。', 14),
      essay('参加人员', data.persons.map(clean).join('、'), 24),
      wide('说明材料\n报送情况', data.materials, 16),
      essay('备注', data.note, 30),
      { ...pair('接听人\n（登记人）', data.takenBy, '签名及日期', ''), height: 16 },
    ]),
  ])
}
