import { expect, test } from 'vitest'
import { addDays } from '#shared/calendar/workingDays.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { caseAtFiling, explained, filingAnswers, handOver } from '../../support/filing.ts'
import { openOffice } from '../../support/office.ts'

const longPath = 600_000
const outside = { code: 'door.scope' }

test(
  '借阅: asked by 档号, agreed to by a leader, read for its days and no longer, and never more than the lender may know',
  async () => {
    let day = 0
    const office = await openOffice(() => new Date(Date.now() + day * 86_400_000).toISOString())
    const { caseId } = await caseAtFiling(office)
    const volume = await (await office.at('chengban')).call('archive.assemble', { caseId })
    const { archivalCode, id: volumeId } = volume
    await handOver(office, volume)
    const filing = { caseId, volumeId, gaps: explained(volume), note: '', checks: filingAnswers() }
    await (await office.at('dangan')).call('archive.file', filing)
    const zhuize = await office.at('zhuize')
    const [fenguan, dangan] = [await office.at('fenguan'), await office.at('dangan')]
    const wanted = { archivalCode, purpose: '核对同类问题', days: 3 }
    const asked = async (login: string) =>
      (await (await office.at(login)).call('today.get', {})).borrowings.map(({ what, due }) => [what, due])

    // Outside: nothing of the case, no loan, no guess at another 档号.
    await expect(zhuize.call('archive.get', { caseId, volumeId })).rejects.toMatchObject(outside)
    await expect(zhuize.call('borrowings.ask', { ...wanted, archivalCode: `${archivalCode}9` })).rejects.toThrow(
      'borrowings.noVolume',
    )
    await expect(zhuize.call('borrowings.ask', { ...wanted, days: 31 })).rejects.toMatchObject({ code: 'door.input' })
    await expect(fenguan.call('borrowings.ask', wanted)).rejects.toThrow('borrowings.inScope')
    const { id: borrowingId } = await zhuize.call('borrowings.ask', wanted)
    const one = { caseId, borrowingId }
    await expect(zhuize.call('borrowings.ask', wanted)).rejects.toThrow('borrowings.already')
    expect(await zhuize.call('borrowings.list', {})).toMatchObject([{ state: 'requested', title: '', level: null }])
    await expect(zhuize.call('borrowings.read', one)).rejects.toMatchObject(outside)

    // It stands on 今日 of whoever may answer, and of nobody else.
    expect([await asked('fenguan'), await asked('dangan'), await asked('zhuize')]).toEqual([[['decide', null]], [], []])

    // A state secret is lent by a leader; the archivist lends what is none.
    const agree = { ...one, decision: 'approved' as const, opinion: '' }
    expect((await dangan.call('borrowings.list', {})).map((each) => each.mayDecide)).toEqual([false])
    await expect(dangan.call('borrowings.decide', agree)).rejects.toThrow('borrowings.notLender')
    await expect(zhuize.call('borrowings.decide', agree)).rejects.toMatchObject({ code: 'door.role' })
    expect((await fenguan.call('borrowings.list', {})).map((each) => each.mayDecide)).toEqual([true])
    await expect(fenguan.call('borrowings.decide', { ...agree, decision: 'declined' })).rejects.toThrow(
      'borrowings.reasonMissing',
    )
    await fenguan.call('borrowings.decide', agree)
    await expect(fenguan.call('borrowings.decide', agree)).rejects.toThrow('borrowings.decided')

    // Read-only: the pieces, one by one, and no verb of the case.
    const { items, borrowing } = await zhuize.call('borrowings.read', one)
    expect(borrowing.until).toBe(addDays(dayInChina(new Date().toISOString()), 2))
    expect([await asked('fenguan'), await asked('zhuize')]).toEqual([[], [['giveBack', borrowing.until]]])
    const notice = items.find((item) => item.code === 'notice')
    if (!notice) throw new Error('no notice in the volume')
    const { bytes, mediaType } = await zhuize.call('borrowings.file', { ...one, itemId: notice.id })
    expect([mediaType, Buffer.from(bytes).subarray(0, 5).toString()]).toEqual(['application/pdf', '%PDF-'])
    for (const [verb, input] of [
      ['cases.get', { caseId }],
      ['papers.list', { caseId }],
      ['archive.get', { caseId, volumeId }],
      ['copies.tickets', { caseId }],
    ] as const)
      await expect(zhuize.call(verb, input as never), verb).rejects.toMatchObject(outside)
    // Another's loan opens nothing.
    await expect(fenguan.call('borrowings.read', one)).rejects.toMatchObject(outside)
    // The register tells who read, when and how often.
    const [line] = await fenguan.call('borrowings.list', {})
    expect(line).toMatchObject({
      state: 'open',
      borrower: zhuize.session.archive.identity.name,
      purpose: '核对同类问题',
    })

    // The last day is over.
    day = 3
    await expect(zhuize.call('borrowings.read', one)).rejects.toMatchObject(outside)
    expect((await fenguan.call('borrowings.list', {}))[0]?.state).toBe('expired')
    expect(await asked('zhuize')).toEqual([])

    // Asked again, agreed to, given back before its day; and called in.
    const { id: second } = await zhuize.call('borrowings.ask', wanted)
    await fenguan.call('borrowings.decide', { ...agree, borrowingId: second })
    await zhuize.call('borrowings.giveBack', { caseId, borrowingId: second })
    await expect(zhuize.call('borrowings.read', { caseId, borrowingId: second })).rejects.toMatchObject(outside)
    const { id: third } = await zhuize.call('borrowings.ask', wanted)
    await fenguan.call('borrowings.decide', { ...agree, borrowingId: third })
    await fenguan.call('borrowings.callIn', { caseId, borrowingId: third, reason: '案卷需要清点' })
    await expect(
      zhuize.call('borrowings.file', { caseId, borrowingId: third, itemId: notice.id }),
    ).rejects.toMatchObject(outside)

    // Whoever writes a loan into the file has lent nothing: the act is missing.
    const { id: fourth } = await zhuize.call('borrowings.ask', wanted)
    const until = addDays(dayInChina(new Date().toISOString()), 20)
    await zhuize.session.archive.cases
      ?.knex('borrowings')
      .where({ id: fourth })
      .update({ state: 'approved', decider_id: fenguan.accountId, until })
    await expect(zhuize.call('borrowings.read', { caseId, borrowingId: fourth })).rejects.toMatchObject({
      code: 'acts.invalid',
      params: { object: 'borrowing' },
    })
    // A piece whose own 知悉范围 leaves the lender out is not lent.
    await zhuize.session.archive.cases
      ?.knex('borrowings')
      .where({ id: fourth })
      .update({ state: 'requested', decider_id: null, until: null })
    await fenguan.call('borrowings.decide', { ...agree, borrowingId: fourth })
    await zhuize.session.archive.cases
      ?.knex('classifications')
      .where({ object_kind: 'notice', state: 'approved' })
      .update({ scope: JSON.stringify([dangan.accountId]) })
    const narrowed = await zhuize.call('borrowings.read', { caseId, borrowingId: fourth })
    expect(narrowed.items.some((item) => item.code === 'notice')).toBe(false)
    expect(narrowed.items.length).toBeGreaterThan(0)
  },
  longPath,
)
