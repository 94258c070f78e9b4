import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ulid } from 'ulid'
import { phrase, Random } from '#build/soak/random.ts'
import { type Stage, stageInterview } from '#build/stage.ts'
import { type RawDatabase, RawDriver } from '#db/driver.ts'
import { trialPassword } from '#electron/core/accounts/trial.ts'
import { createJobs } from '#electron/core/jobs/runner.ts'
import { type Desk, openDesk } from '#electron/core/sample/desk.ts'
import type { UtteranceInput } from '#shared/domain/interviews.ts'
import { draftSentences } from '#shared/domain/minutes.ts'
import { compare, type Figure, figure, p95 } from './figure.ts'
import { benchRecordWindow } from './record-window.ts'

const utterances = 5_000
/** Of those, the last ones are timed. */
const timed = 400
const warmUp = 40
const length = 50
const draftRounds = 5

/**
 * The live record with 5,000 utterances of 50 characters: `record.enter-durable` while the last ones are said through
 * the door, `record.open-5000`, `record.keystroke` and `record.heap-4h` in the window, `minutes.draft-5000` at the end.
 */
export async function benchRecord(): Promise<readonly Figure[]> {
  const base = mkdtempSync(join(tmpdir(), 'yuetan-bench-'))
  const plain = new RawDriver(join(base, 'plain.db'))
  try {
    const stage = await stageInterview({ base })
    plain.pragma('journal_mode=WAL')
    plain.pragma('synchronous=FULL')
    const enter = await atDesk(stage, 'jilu', (desk) => say(desk, stage, plain))
    const window = await benchRecordWindow(stage, base)
    const draft = await atDesk(stage, 'jilu', (desk) => minutes(desk, stage, plain))
    return [enter, ...window, draft]
  } finally {
    plain.close()
    rmSync(base, { recursive: true, force: true })
  }
}

async function atDesk<T>(stage: Stage, login: string, work: (desk: Desk) => Promise<T>): Promise<T> {
  const jobs = createJobs()
  const now = (): string => new Date().toISOString()
  const place = { folder: stage.archive, machineFolder: stage.machine, resources: '', password: trialPassword }
  const desk = await openDesk({ ...place, login, jobs, now, journal: true })
  try {
    return await work(desk)
  } finally {
    await desk.close()
    await jobs.close()
  }
}

/** Fills the record; times the last utterances beside the same rows in plain SQLite, each durable when it is done. */
async function say(desk: Desk, { caseId, interviewId }: Stage, plain: RawDatabase): Promise<Figure> {
  const random = new Random(utterances)
  let said = 0
  const append = async (): Promise<void> => {
    const at = new Date(Date.UTC(2026, 2, 1, 1) + said * 2_000).toISOString()
    const kind = said % 2 === 0 ? 'question' : 'answer'
    const rest = { speakerId: null, section: 'ask', part: null, audience: 'all', marked: false, commitment: null }
    const utterance = { ...rest, kind, text: sentence(random), startedAt: at, endedAt: at } as UtteranceInput
    await desk.call('interviews.append', { caseId, interviewId, utterance })
    said += 1
  }
  while (said < utterances - timed - warmUp) await append()
  const plainly = plainAppend(plain, interviewId)
  const [value, peer] = await compare(timed, append, async () => plainly(sentence(random)), warmUp, p95)
  const words = 'p95; the same rows (utterance, version, chained log line) in plain SQLite, WAL, synchronous=FULL, p95'
  return figure('record.enter-durable', 'ms', value, words, peer)
}

function sentence(random: Random): string {
  let text = ''
  while (text.length < length) text += phrase(random)
  return text.slice(0, length)
}

function plainAppend(plain: RawDatabase, interviewId: string): (text: string) => void {
  plain.exec(`CREATE TABLE utterances (id TEXT PRIMARY KEY, interview_id TEXT, seq INTEGER, kind TEXT, audience TEXT,
    text TEXT, started_at TEXT, version INTEGER, UNIQUE (interview_id, seq));
    CREATE TABLE utterance_versions (utterance_id TEXT, version INTEGER, text TEXT, at TEXT, PRIMARY KEY (utterance_id, version));
    CREATE TABLE log (seq INTEGER PRIMARY KEY, hash TEXT, at TEXT, action TEXT, object TEXT);`)
  const next = plain.prepare('SELECT coalesce(max(seq), 0) + 1 AS seq FROM utterances WHERE interview_id = ?')
  const row = plain.prepare('INSERT INTO utterances VALUES (?, ?, ?, ?, ?, ?, ?, 1)')
  const version = plain.prepare('INSERT INTO utterance_versions VALUES (?, 1, ?, ?)')
  const last = plain.prepare('SELECT seq, hash FROM log ORDER BY seq DESC LIMIT 1')
  const line = plain.prepare('INSERT INTO log VALUES (?, ?, ?, ?, ?)')
  return plain.transaction((text: string) => {
    const id = ulid()
    const at = new Date().toISOString()
    const { seq } = next.get(interviewId) as { readonly seq: number }
    row.run(id, interviewId, seq, 'question', '"all"', text, at)
    version.run(id, text, at)
    const before = (last.get() as { readonly seq: number; readonly hash: string } | undefined) ?? { seq: 0, hash: '' }
    const hash = createHash('sha256').update(`${before.hash}${at}interviews.append${id}`).digest('hex')
    line.run(before.seq + 1, hash, at, 'interviews.append', id)
  })
}

/** `minutes.draft-5000`: ends the interview and drafts; the peer sorts the same lines and stores them in plain SQLite. */
async function minutes(desk: Desk, { caseId, interviewId }: Stage, plain: RawDatabase): Promise<Figure> {
  const one = { caseId, interviewId }
  await desk.call('interviews.end', one)
  const { interview, utterances: said } = await desk.call('interviews.get', one)
  const enterpriseId = interview.enterprises[0]?.id ?? ''
  plain.exec('CREATE TABLE sentences (id TEXT PRIMARY KEY, position INTEGER, section TEXT, text TEXT, sources TEXT)')
  const insert = plain.prepare('INSERT INTO sentences VALUES (?, ?, ?, ?, ?)')
  const store = plain.transaction(() => {
    plain.exec('DELETE FROM sentences')
    for (const [at, { id, section, text, sources }] of draftSentences(said, enterpriseId, () => ulid()).entries())
      insert.run(id, at, section, text, JSON.stringify(sources))
  })
  const begun = performance.now()
  await desk.call('minutes.draft', one)
  const value = performance.now() - begun
  const [peer] = await compare(
    draftRounds,
    async () => store(),
    async () => undefined,
    1,
  )
  return figure('minutes.draft-5000', 'ms', value, 'the same sentences sorted and stored in plain SQLite', peer)
}
