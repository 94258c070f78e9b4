import type { CDPSession, Page } from 'playwright-core'
import { findChromium } from '#build/runtime.ts'
import { Desk } from '#build/soak/desk.ts'
import { phrase, Random } from '#build/soak/random.ts'
import type { Stage } from '#build/stage.ts'
import { type Figure, figure, median, p95 } from './figure.ts'

const openings = 5
/** Keystrokes in a block; blocks of the live line and of the empty textarea take turns. */
const block = 40
const blocks = 12
/** Four hours at 240 characters a minute, in sentences of fifty. */
const heapSentences = (4 * 60 * 240) / 50
const megabyte = 2 ** 20

/** What the window needs for the record, measured inside the page: the time a person waits for the next key. */
export async function benchRecordWindow(stage: Stage, base: string): Promise<readonly Figure[]> {
  const chromium = findChromium(false)
  if (chromium === null) throw new Error('no Chromium is to be had; install chromium or set CHROME_PATH')
  const desk = new Desk(stage, base, chromium)
  await desk.open()
  try {
    await desk.signIn()
    const keyboard = await desk.page.context().newCDPSession(desk.page)
    return [await opening(desk.page, stage), ...(await keystrokes(desk, keyboard, stage)), await heap(desk, keyboard)]
  } finally {
    await desk.close()
  }
}

/** `record.open-5000`: from the click to the live line and the newest utterance on the screen. */
async function opening(page: Page, { matter, caseId, interviewId }: Stage): Promise<Figure> {
  const whole: number[] = []
  const answer: number[] = []
  for (let round = 0; round < openings; round += 1) {
    await page.getByRole('navigation', { name: '房间' }).getByRole('button', { name: '约谈现场', exact: true }).click()
    const button = page.getByRole('button', { name: `进入 ${matter}`, exact: true })
    await button.waitFor()
    whole.push(
      await button.evaluate(
        (element) =>
          new Promise<number>((resolve) => {
            const began = performance.now()
            const look = () => {
              const ready = document.querySelector('.live-line') !== null && document.querySelector('.line') !== null
              if (ready) resolve(performance.now() - began)
              else requestAnimationFrame(look)
            }
            ;(element as HTMLElement).click()
            look()
          }),
      ),
    )
    answer.push(
      await page.evaluate(
        async (input) => {
          const { yuetan } = globalThis as unknown as {
            yuetan: { call(verb: string, input: unknown): Promise<unknown> }
          }
          const began = performance.now()
          await yuetan.call('interviews.get', input)
          return performance.now() - began
        },
        { caseId, interviewId },
      ),
    )
  }
  return figure(
    'record.open-5000',
    'ms',
    median(whole),
    'its answer from the core alone, over the wire',
    median(answer),
  )
}

interface Gauge {
  times: number[]
}

/**
 * `record.keystroke`: from the input event to the end of handlers and layout, p95, the wait for the frame left out; the
 * peer is an empty textarea of the same page. A second time while the whole record is set as a paper.
 */
async function keystrokes(desk: Desk, keyboard: CDPSession, stage: Stage): Promise<readonly Figure[]> {
  const { page } = desk
  await page.evaluate(() => {
    const gauge: Gauge = { times: [] }
    Object.assign(globalThis, { gauge })
    const after = new MessageChannel()
    let began = 0
    // Runs when every handler of the event, and what React renders for it at once, is through.
    after.port1.onmessage = () => {
      document.body.getBoundingClientRect()
      gauge.times.push(performance.now() - began)
    }
    window.addEventListener(
      'input',
      () => {
        began = performance.now()
        after.port2.postMessage(null)
      },
      true,
    )
    const peer = document.createElement('textarea')
    peer.id = 'peer'
    peer.rows = 3
    document.body.append(peer)
  })
  const take = (): Promise<number[]> =>
    page.evaluate(() => (globalThis as unknown as { gauge: Gauge }).gauge.times.splice(0))
  const random = new Random(block)
  const typeBlock = async (): Promise<number[]> => {
    for (let key = 0; key < block; key += 1)
      await keyboard.send('Input.insertText', { text: phrase(random).slice(0, 1) })
    return take()
  }
  const both = async (enough: (round: number) => boolean): Promise<readonly [number, number]> => {
    const times: [number[], number[]] = [[], []]
    for (let round = 0; !enough(round); round += 1) {
      await desk.live.focus()
      times[0].push(...(await typeBlock()))
      await page.keyboard.press('Enter')
      await page.locator('#peer').focus()
      times[1].push(...(await typeBlock()))
    }
    return [p95(times[0]), p95(times[1])]
  }
  await both((round) => round === 2)
  const [quiet, quietPeer] = await both((round) => round === blocks)
  let made = false
  const paper = page
    .evaluate(
      (input) => {
        const { yuetan } = globalThis as unknown as { yuetan: { call(verb: string, input: unknown): Promise<unknown> } }
        return yuetan.call('papers.preview', input) as Promise<{ ok: boolean; error?: { code: string } }>
      },
      { caseId: stage.caseId, kind: 'record', objectId: stage.interviewId, fields: null },
    )
    .then((answer) => {
      made = true
      if (!answer.ok) throw new Error(`papers.preview: ${answer.error?.code}`)
    })
  const [busy, busyPeer] = await both((round) => made && round > 0)
  await paper
  await page.evaluate(() => document.querySelector('#peer')?.remove())
  const words = 'p95; an empty textarea of the same page, p95'
  return [
    figure('record.keystroke', 'ms', quiet, words, quietPeer),
    figure('record.keystroke-paper', 'ms', busy, `${words}, while the record is set as a paper`, busyPeer),
  ]
}

/** `record.heap-4h`: growth of the window's heap, each time after a forced collection, over four hours of typing. */
async function heap(desk: Desk, keyboard: CDPSession): Promise<Figure> {
  await keyboard.send('HeapProfiler.enable')
  const used = async (): Promise<number> => {
    await keyboard.send('HeapProfiler.collectGarbage')
    return (await keyboard.send('Runtime.getHeapUsage')).usedSize / megabyte
  }
  const random = new Random(heapSentences)
  await desk.live.focus()
  const before = await used()
  for (let sentence = 0; sentence < heapSentences; sentence += 1) {
    for (let typed = 0; typed < 50; ) {
      const text = phrase(random)
      await keyboard.send('Input.insertText', { text })
      typed += text.length
    }
    await desk.page.keyboard.press('Enter')
  }
  await desk.durable()
  const growth = (await used()) - before
  return figure('record.heap-4h', 'MB', growth, 'the heap at the beginning, 5,000 utterances open', before)
}
