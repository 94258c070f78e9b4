import { documentsOfCase } from '#db/repositories/rectification.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { type MaterialState, materialStateOf } from '#shared/domain/preparation.ts'
import type { Context } from '../context.ts'
import { shownNotices } from '../notices/shown.ts'

/** 说明材料 and 书面陈述材料 of every enterprise whose notice went out (Art. 4, 10): received, late, missing, awaited. */
export async function materialsOf(context: Context, caseId: string): Promise<MaterialState[]> {
  const today = dayInChina(context.now)
  const documents = await documentsOfCase(context.trx, caseId)
  const list: MaterialState[] = []
  for (const notice of await shownNotices(context, caseId)) {
    if (notice.state !== 'issued') continue
    for (const kind of ['material', 'statement'] as const) {
      if (kind === 'statement' && !notice.fields.statement) continue
      const received = documents
        .filter((one) => one.enterpriseId === notice.enterpriseId && one.kind === kind)
        .map((one) => dayInChina(one.receivedAt))
        .sort()
      // The statement is handed in with the persons who come, at the latest (Art. 10).
      const due = kind === 'material' ? notice.current.materialsDue : notice.current.day
      list.push({
        noticeId: notice.id,
        enterpriseId: notice.enterpriseId,
        enterpriseName: notice.enterpriseName,
        kind,
        due,
        receivedAt: received[0] ?? null,
        state: materialStateOf(due, received[0] ?? null, today),
      })
    }
  }
  return list
}
