import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ulid } from 'ulid'
import * as v from 'valibot'
import { deviceSecret } from '#electron/core/accounts/device.ts'
import { createTrial, trialPassword } from '#electron/core/accounts/trial.ts'
import { unlockArchive } from '#electron/core/accounts/unlock.ts'
import type { Context } from '#electron/core/context.ts'
import { type CoreControl, createCore } from '#electron/core/core.ts'
import { shippedHash } from '#electron/core/rules/rules.ts'
import { deriveKey, newKdfParameters } from '#electron/crypto/kdf.ts'
import { startCoreChild } from '#electron/shell/core-child.ts'
import type { FromCore } from '#electron/shell/wire.ts'
import { type VerbSpec, verb } from '#shared/contract/verb.ts'
import { compare, type Figure, figure } from './figure.ts'

const rounds = 400
const at = '2026-03-01T02:00:00.000Z'

/** Figures of the core: what the door, the wire and the encryption cost beside the bare work. */
export async function benchCore(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'yuetan-bench-'))
  try {
    const archive = { folder: join(folder, 'archive'), machineFolder: join(folder, 'machine') }
    await createTrial({ ...archive, unit: '渝某国资监管机构', now: new Date().toISOString() })
    return [await unlock(archive), await roundTrip(archive), await doorOverhead(archive)]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Archive {
  readonly folder: string
  readonly machineFolder: string
}

/** `unlock`: from the password to both databases open and the ledger replayed. */
async function unlock({ folder, machineFolder }: Archive): Promise<Figure> {
  const device = deviceSecret(machineFolder, false)
  const [value, peerValue] = await compare(
    8,
    async () => {
      const request = {
        folder,
        machineFolder,
        login: 'chengban',
        password: trialPassword,
        now: new Date().toISOString(),
      }
      const { archive } = await unlockArchive(request)
      await Promise.all([archive.office.close(), archive.cases?.close()])
    },
    () => deriveKey(trialPassword, newKdfParameters(device), device, 'account-keys'),
    1,
  )
  return figure('unlock', 'ms', value, 'the key derivation alone (scrypt N=2^17, HKDF)', peerValue)
}

/** `verb.round-trip`: one call of an open session, from the window's side of the wire and back. */
async function roundTrip({ folder, machineFolder }: Archive): Promise<Figure> {
  const core = startCoreChild(process.execPath, fileURLToPath(new URL('../../electron/core/entry.ts', import.meta.url)))
  const echo = spawn(process.execPath, [fileURLToPath(new URL('./echo.ts', import.meta.url))], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
  })
  const waiting = new Map<number, (answer: unknown) => void>()
  const opened = Promise.withResolvers<void>()
  core.listen((message: FromCore) => {
    if (message.kind === 'session') opened.resolve()
    if (message.kind !== 'message') return
    const answer = message.message as { readonly id?: number }
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer)
  })
  const ask = (port: number, id: number, name: string, input: unknown): Promise<unknown> =>
    new Promise((resolve) => {
      waiting.set(id, resolve)
      core.send({ kind: 'message', port, message: { id, verb: name, input } })
    })
  core.send({ kind: 'start', machineFolder, archiveFolder: folder, resources: '', trialOnly: true })
  core.send({ kind: 'connect', port: 1, window: 'signin' })
  core.send({ kind: 'connect', port: 2, window: 'case' })
  await ask(1, 1, 'session.signIn', { login: 'chengban', password: trialPassword })
  await opened.promise
  const answer = await ask(2, 2, 'session.current', {})
  const [value, peerValue] = await compare(
    rounds,
    (round) => ask(2, round + 3, 'session.current', {}),
    () =>
      new Promise((resolve) => {
        echo.once('message', resolve)
        echo.send({ kind: 'message', port: 2, message: answer })
      }),
  )
  core.send({ kind: 'stop' })
  await core.exited
  echo.kill()
  return figure('verb.round-trip', 'ms', value, 'the same answer echoed by a bare process', peerValue)
}

const none = { none: 'bench' }
const contract: Readonly<Record<string, VerbSpec>> = {
  'bench.open': verb({
    input: v.object({}),
    output: v.any(),
    window: 'signin',
    roles: none,
    scope: none,
    stepUp: none,
    audit: none,
    database: none,
  }),
  'bench.enter': verb({
    input: v.object({ caseId: v.string(), text: v.string() }),
    output: v.object({ seq: v.number() }),
    window: 'case',
    roles: ['minuteTaker'],
    scope: 'case',
    stepUp: none,
    audit: 'bench.enter',
    database: 'cases',
  }),
}

const line = '请说明该项投资在提交董事会审议之前是否完成了可行性研究和专家论证，依据是什么。'

/** `door.overhead`: one utterance with its version, durable when the answer comes. */
async function doorOverhead({ folder, machineFolder }: Archive): Promise<Figure> {
  const caseId = ulid()
  const interviewId = ulid()
  let control: CoreControl | undefined
  let insert: (text: string) => Promise<number> = () => Promise.resolve(0)
  const core = createCore({
    machineFolder,
    archiveFolder: folder,
    resources: '',
    contract,
    session: () => undefined,
    handlers: (given) => {
      control = given
      return {
        'bench.open': async () => {
          const request = {
            folder,
            machineFolder,
            login: 'jilu',
            password: trialPassword,
            now: new Date().toISOString(),
          }
          const { archive } = await unlockArchive(request)
          const { cases, identity } = archive
          if (!cases) throw new Error('a business account holds the key')
          await cases.transaction(async (trx) => {
            await trx('cases').insert(caseRow(caseId, identity.id))
            await trx('case_scope').insert({
              id: ulid(),
              case_id: caseId,
              account_id: identity.id,
              added_at: at,
              added_by: identity.id,
            })
            await trx('interviews').insert({
              id: interviewId,
              case_id: caseId,
              state: 'running',
              fields: '{}',
              version: 1,
              created_at: at,
              updated_at: at,
            })
          })
          insert = (text) => cases.transaction((trx) => utter(trx, interviewId, identity.id, text))
          await given.opened(archive)
          return {}
        },
        'bench.enter': async ({ trx, account }: Context, { text }: { readonly text: string }) => ({
          seq: await utter(trx, interviewId, account.id, text),
        }),
      }
    },
  })
  await core.door.call('signin', 'bench.open', {})
  if (!control?.folder) throw new Error('the bench archive did not open')
  const enter = async (): Promise<void> => {
    const result = await core.door.call('case', 'bench.enter', { caseId, text: line })
    if (!result.ok) throw new Error(result.error.code)
  }
  const [door, bare] = await compare(rounds, enter, () => insert(line))

  await core.stop()
  return figure('door.overhead', 'ms', door, 'the same insert in a bare transaction of the same connection', bare)
}

async function utter(trx: Context['trx'], interviewId: string, accountId: string, text: string): Promise<number> {
  const last = await trx('utterances').where({ interview_id: interviewId }).max({ seq: 'seq' }).first()
  const seq = Number(last?.seq ?? 0) + 1
  const id = ulid()
  const common = { text, kind: 'question', section: 'ask', audience: '"all"', version: 1, marked: 0 }
  await trx('utterances').insert({ ...common, id, interview_id: interviewId, seq, started_at: at, ended_at: at })
  await trx('utterance_versions').insert({ ...common, utterance_id: id, at, account_id: accountId })
  return seq
}

function caseRow(id: string, officer: string): Record<string, unknown> {
  const text = { matter: '基准', facts: '', sources: '', instructions: '[]', scope_units: '[]', office: '监督处' }
  const pin = { profile: 'cq-2021-15', profile_version: '1', profile_hash: shippedHash }
  const fixed = { ...pin, form: 'individual', state: 'interview', safety_gate: 'no', version: 1 }
  const intake = { recusals: '{"asked":true,"relations":[]}', duty_reason: '', intake_version: 1 }
  return { ...text, ...fixed, ...intake, id, officer_id: officer, created_at: at, updated_at: at }
}
