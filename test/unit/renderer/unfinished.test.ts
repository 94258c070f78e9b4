import { beforeEach, expect, test } from 'vitest'
import { forgetUnfinished, keepUnfinished, leaveForm, unfinished } from '#renderer/app/unfinished.ts'

const mine = '01ARZ3NDEKTSV4RRFFQ69G5FAA'
const theirs = '01ARZ3NDEKTSV4RRFFQ69G5FAB'
beforeEach(forgetUnfinished)

test('what was typed into a form is there again, for nobody but the account that typed it, until the session ends', () => {
  keepUnfinished(mine, 'intake/new', { matter: '担保超限' })
  expect(unfinished(mine, 'intake/new')).toEqual({ matter: '担保超限' })
  expect(unfinished(mine, 'intake/other')).toBeNull()
  keepUnfinished(mine, 'intake/new', null)
  expect(unfinished(mine, 'intake/new')).toBeNull()
  keepUnfinished(mine, 'intake/new', { matter: '担保超限' })
  expect(unfinished(theirs, 'intake/new')).toBeNull()
  expect(unfinished(mine, 'intake/new')).toBeNull()
  keepUnfinished(mine, 'intake/new', { matter: '担保超限' })
  forgetUnfinished()
  expect(unfinished(mine, 'intake/new')).toBeNull()
})

test('a form that is left is kept while it is being saved, and stays kept when the archive refuses it', async () => {
  const wording = { place: '3号楼' }
  const saves: (() => void)[] = []
  const leaving = leaveForm(mine, 'notice/1', wording, () => new Promise<void>((resolve) => saves.push(resolve)))
  expect(unfinished(mine, 'notice/1')).toBe(wording)
  saves[0]?.()
  await leaving
  expect(unfinished(mine, 'notice/1')).toBeNull()
  await leaveForm(mine, 'notice/1', wording, () => Promise.reject(new Error('notices.changed')))
  expect(unfinished(mine, 'notice/1')).toBe(wording)
  // Left again with other words before the first save was through: those stay.
  const first = leaveForm(mine, 'notice/1', wording, () => new Promise<void>((resolve) => saves.push(resolve)))
  const second = { place: '1号楼' }
  await leaveForm(mine, 'notice/1', second, () => Promise.reject(new Error('notices.changed')))
  saves[1]?.()
  await first
  expect(unfinished(mine, 'notice/1')).toBe(second)
})
