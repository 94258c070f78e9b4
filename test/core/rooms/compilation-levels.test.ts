import { expect, test } from 'vitest'
import { pdfText } from '../../documents/readers.ts'
import { chain, holdInterview, issueNotices, openCase, openOffice, secret } from '../../support/office.ts'

test('保密法 18, 23: a source that rises reaches the approved paper drawn from it: withheld, kept in, and bound anew by a 定密责任人', async () => {
  let now = '2026-11-02T01:00:00.000Z'
  const office = await openOffice(() => now)
  const { caseId, enterprises } = await openCase(office, ['渝某密级集团有限公司'], [...chain, 'zhuize', 'zhuyao'])
  await issueNotices(office, caseId, secret)
  await holdInterview(office, caseId, enterprises, [{ text: '情况属实。', key: 2 }])
  const at = (login: string) => office.at(login)
  const [desk, zhuize, zhuyao] = [await at('chengban'), await at('zhuize'), await at('zhuyao')]
  const [fenguan, dingmi] = [await at('fenguan'), await at('dingmi')]
  now = '2026-12-01T01:00:00.000Z'
  const subject = { kind: 'analysisReport' as const, since: '2026-01-01', until: '2026-12-31' }
  const drawn = await zhuize.call('compilations.draft', { subject })
  const compilationId = drawn.id
  const texts = { ...drawn.texts, suggestions: ['健全投资管控机制。'] }
  await zhuize.call('compilations.save', { compilationId, version: drawn.version, texts })
  await zhuize.call('compilations.submit', { compilationId })
  const approved = await fenguan.call('compilations.decide', { compilationId, decision: 'approved', opinion: '' })
  expect(approved).toMatchObject({ level: 'secret', mark: '秘密★5年', outgrown: null, reclassified: null })
  const paperId = approved.papers.find((one) => one.format === 'pdf')?.id ?? ''
  const out = { act: 'export' as const, recipient: '某处', purpose: '查阅', medium: '', parentId: null }
  const ask = (id: string) => zhuize.call('copies.request', { compilationId, paperIds: [id], ...out })
  const [before] = await ask(paperId)
  const leave = { compilationId, batchId: before?.batchId ?? '', decision: 'approved' as const, opinion: '' }
  await fenguan.call('copies.decide', leave)
  await expect(dingmi.call('compilations.reclassify', { compilationId, reason: '复核' })).rejects.toThrow(
    'compilations.notOutgrown',
  )
  const found = async (one: typeof desk) => (await one.call('search.query', { query: '健全投资管控' })).count
  expect([await found(zhuyao), await found(dingmi)]).toEqual([1, 1])

  // The notice becomes 机密, and 主要负责同志 is left out of it.
  now = '2026-12-08T01:00:00.000Z'
  const scope = [desk, zhuize, fenguan, dingmi].map((one) => one.accountId)
  const [decision] = await desk.call('secrecy.list', { caseId })
  const raised = {
    ...secret,
    level: 'confidential' as const,
    term: { kind: 'period' as const, length: 15, unit: 'year' as const },
    reason: '涉及未公开的重大投资',
    scope,
  }
  const change = { caseId, classificationId: decision?.id ?? '', act: 'change' as const, proposal: raised }
  const proposed = await desk.call('secrecy.proposeChange', change)
  const steps = async (one: typeof desk) => (await one.call('today.get', {})).compilations
  const get = (one: typeof desk) => one.call('compilations.get', { compilationId })
  // While it is only proposed, nothing leaves and nobody can say what it will be bound to.
  expect((await get(zhuize)).outgrown).toEqual({ mark: null, undecided: true })
  await expect(dingmi.call('compilations.reclassify', { compilationId, reason: '来源变更' })).rejects.toThrow(
    'compilations.undecided',
  )
  await dingmi.call('secrecy.decide', { caseId, classificationId: proposed.id, decision: 'approved', opinion: '' })

  expect(await get(zhuize)).toMatchObject({ level: 'secret', outgrown: { mark: '机密★15年', undecided: false } })
  for (const one of [zhuize, dingmi])
    expect(await steps(one)).toMatchObject([{ id: compilationId, what: 'reclassify', article: 21 }])
  expect(await steps(fenguan)).toEqual([])
  await expect(get(zhuyao)).rejects.toThrow('door.scope')
  expect(await zhuyao.call('compilations.list', {})).toEqual([])
  expect(await found(zhuyao)).toBe(0)
  await expect(ask(paperId)).rejects.toThrow('compilations.outgrown')
  const take = { compilationId, ticketId: before?.id ?? '', folder: office.outside }
  await expect(zhuize.call('copies.take', take)).rejects.toThrow('compilations.outgrown')
  await expect(zhuize.call('compilations.file', { compilationId })).rejects.toThrow('compilations.outgrown')
  await expect(dingmi.call('compilations.reclassify', { compilationId, reason: '' })).rejects.toThrow('door.input')
  await expect(zhuize.call('compilations.reclassify', { compilationId, reason: '来源变更' })).rejects.toThrow(
    'door.role',
  )

  const anew = await dingmi.call('compilations.reclassify', { compilationId, reason: '来源事项密级变更' })
  expect(anew).toMatchObject({
    level: 'confidential',
    mark: '机密★15年',
    outgrown: null,
    reclassified: { reason: '来源事项密级变更', at: now },
  })
  expect(anew.papers.map((one) => [one.edition, one.format, one.level])).toEqual([
    [1, 'pdf', 'confidential'],
    [1, 'docx', 'confidential'],
    [2, 'pdf', 'confidential'],
    [2, 'docx', 'confidential'],
  ])
  const { pdf } = await fenguan.call('compilations.preview', { compilationId, texts: null })
  expect(pdfText(Buffer.from(pdf))).toContain('机密★15年')
  expect([await steps(zhuize), await steps(dingmi)]).toEqual([[], []])
  // The paper under the old mark leaves no more; the new one does, and those left out stay out.
  await expect(ask(paperId)).rejects.toThrow('papers.olderEdition')
  const [ticket] = await ask(anew.papers.find((one) => one.edition === 2 && one.format === 'pdf')?.id ?? '')
  expect(ticket).toMatchObject({ label: '000001', level: 'confidential', state: 'requested' })
  await expect(get(zhuyao)).rejects.toThrow('door.scope')
  await expect(dingmi.call('compilations.reclassify', { compilationId, reason: '再次' })).rejects.toThrow(
    'compilations.notOutgrown',
  )
}, 600_000)
