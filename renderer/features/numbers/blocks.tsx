import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { dayInChina, isRealDay, officialDay } from '#shared/domain/common.ts'
import { blockLimit, type NumberBlock } from '#shared/domain/numbers.ts'
import { faultAt } from '../../app/errors.ts'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { DayLine } from '../../ui/day-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field, FieldGroup } from '../../ui/field.tsx'
import { Light } from '../../ui/lights.tsx'
import { EmptyState, Page, Panel } from '../../ui/page.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { PrintDialog } from './print-dialog.tsx'
import { numbersText as text } from './text.ts'

const whole = (typed: string): number => (/^\d{1,5}$/.test(typed.trim()) ? Number(typed) : 0)

function BlockTable({ blocks, acts }: { blocks: readonly NumberBlock[]; acts: (block: NumberBlock) => ReactNode }) {
  return (
    <table className="y-table">
      <thead>
        <tr>
          <th>号段</th>
          <th>处室</th>
          <th>状态</th>
          <th>已用</th>
          <th>未用</th>
          <th>作废</th>
          <th>登记</th>
          <th>操作</th>
        </tr>
      </thead>
      <tbody>
        {blocks.map((block) => (
          <tr key={block.id}>
            <td>{block.text}</td>
            <td>{block.office}</td>
            <td>
              <Light tone={block.state === 'open' ? 'action' : 'quiet'}>
                {block.state === 'open' ? '使用中' : '已收回'}
              </Light>
            </td>
            <td className="y-number">{block.used}</td>
            <td className="y-number">{block.reserved}</td>
            <td className="y-number">{block.void}</td>
            <td>
              {officialDay(dayInChina(block.at))} {block.by}
              {block.reason !== '' && <div className="y-quiet">{block.reason}</div>}
            </td>
            <td>{acts(block)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Blocks given to offices on other machines: they stand reserved until their slip comes back (Art. 4). */
export function BlocksPanel({ blocks, current }: { blocks: readonly NumberBlock[]; current: boolean }) {
  const [giving, setGiving] = useState(false)
  const [settling, setSettling] = useState<NumberBlock | null>(null)
  const [printing, setPrinting] = useState<NumberBlock | null>(null)
  return (
    <Panel title={text.blocks} extra={current && <Button onClick={() => setGiving(true)}>{text.giveBlock}</Button>}>
      {blocks.length === 0 ? (
        <p className="y-quiet">{text.noBlocks}</p>
      ) : (
        <BlockTable
          blocks={blocks}
          acts={(block) => (
            <>
              <button
                type="button"
                className="y-quiet-button"
                aria-label={`${text.printSlip} ${block.first}`}
                onClick={() => setPrinting(block)}
              >
                {text.printSlip}
              </button>
              {block.kind === 'given' && block.state === 'open' && (
                <button
                  type="button"
                  className="y-quiet-button"
                  aria-label={`收回 ${block.first}`}
                  onClick={() => setSettling(block)}
                >
                  {text.settle}
                </button>
              )}
            </>
          )}
        />
      )}
      {giving && <GiveDialog onDone={() => setGiving(false)} />}
      {settling !== null && <SettleDialog block={settling} onDone={() => setSettling(null)} />}
      {printing !== null && (
        <PrintDialog
          year={printing.year}
          blockId={printing.id}
          title={text.printSlip}
          onDone={() => setPrinting(null)}
        />
      )}
    </Panel>
  )
}

function GiveDialog({ onDone }: { onDone: () => void }) {
  const act = useAct()
  const [office, setOffice] = useState('')
  const [count, setCount] = useState(0)
  const [reason, setReason] = useState('')
  const give = async () => {
    if ((await act.run('numbers.giveBlock', { office, count, reason })) !== null) onDone()
  }
  const wrong = count > blockLimit
  return (
    <Dialog
      title={text.giveBlock}
      onCancel={onDone}
      confirm={{
        text: '发放',
        disabled: act.busy || office.trim() === '' || reason.trim() === '' || count < 1 || wrong,
        onClick: () => void give(),
      }}
    >
      <Field label="使用处室" required>
        {(control) => <TextLine {...control} autoFocus onText={setOffice} />}
      </Field>
      <Field label="发放几个号" required fault={wrong ? `一段最多 ${blockLimit} 个号` : null} hint="从下一号起连续发放">
        {(control) => <TextLine {...control} onText={(typed) => setCount(whole(typed))} />}
      </Field>
      <Field label="发放原因" required>
        {(control) => <TextLine {...control} onText={setReason} />}
      </Field>
      <ErrorNote failure={act.failure} />
    </Dialog>
  )
}

interface SlipLine {
  readonly n: number
  readonly enterprise: string
  readonly day: string
}

/** What the returned slip says, number by number; the rest becomes 作废 when the block is taken back. */
function SettleDialog({ block, onDone }: { block: NumberBlock; onDone: () => void }) {
  const act = useAct()
  const register = useCall('numbers.register', { year: block.year })
  const [lines, setLines] = useState<ReadonlyMap<number, SlipLine>>(new Map())
  const [reason, setReason] = useState('')
  const open = (register.data?.entries ?? []).filter(
    (one) => one.state === 'reserved' && one.n >= block.first && one.n <= block.last,
  )
  const put = (n: number, part: Partial<SlipLine>) =>
    setLines((before) => new Map(before).set(n, { n, enterprise: '', day: '', ...before.get(n), ...part }))
  const used = [...lines.values()].filter((one) => one.enterprise.trim() !== '')
  const undated = used.some((one) => !isRealDay(one.day))
  const settle = async (close: boolean) => {
    const input = used.map((one) => ({
      n: one.n,
      enterprise: one.enterprise,
      matter: '',
      day: one.day,
    }))
    if ((await act.run('numbers.settleBlock', { blockId: block.id, used: input, close, reason })) !== null) onDone()
  }
  return (
    <Dialog
      wide
      title={`${text.settle}：${block.text}`}
      onCancel={onDone}
      footer={
        <>
          <Button onClick={onDone}>返回</Button>
          <Button disabled={act.busy || used.length === 0 || undated} onClick={() => void settle(false)}>
            只登记用号
          </Button>
          <Button
            type="primary"
            disabled={act.busy || undated || reason.trim() === ''}
            onClick={() => void settle(true)}
          >
            登记并收回
          </Button>
        </>
      }
    >
      <FieldGroup
        label="号段单上已用的编号"
        hint="逐号填写企业和用号日期；不填的在收回时作废"
        fault={undated ? '填了企业的编号须填写用号日期' : null}
      >
        {open.map((one) => (
          <div key={one.n} className="y-grid-4">
            <span>{one.text}</span>
            <span />
            <DayLine
              label={`${one.n}号 用号日期`}
              value={lines.get(one.n)?.day ?? ''}
              onChange={(day) => put(one.n, { day })}
            />
            <TextLine
              label={`${one.n}号 企业`}
              placeholder="被约谈企业"
              onText={(enterprise) => put(one.n, { enterprise })}
            />
          </div>
        ))}
      </FieldGroup>
      <Field label="未用编号作废的原因" hint="收回时必填，如：年终退回">
        {(control) => <TextLine {...control} onText={setReason} />}
      </Field>
      <ErrorNote failure={act.failure} />
    </Dialog>
  )
}

/** The blocks of a machine without an accountability office: entered from their slips, returned at year's end. */
export function TakenBlocks() {
  const found = useCall('numbers.blocks', {})
  const act = useAct()
  const [taking, setTaking] = useState(false)
  const [returning, setReturning] = useState<NumberBlock | null>(null)
  const session = useSession()
  const blocks = found.data ?? []
  if (session.colleagues.some((one) => one.roles.includes('accountabilityOffice')))
    return (
      <Page title={text.title} meta={<ArticleChip article={4} />}>
        <EmptyState title={text.elsewhereTitle}>{text.elsewhere}</EmptyState>
      </Page>
    )
  return (
    <Page
      title={text.takeTitle}
      meta={<ArticleChip article={4} />}
      note={<ErrorNote failure={found.failure} />}
      primary={
        <Button type="primary" onClick={() => setTaking(true)}>
          {text.take}
        </Button>
      }
    >
      {blocks.length === 0 ? (
        <EmptyState title={text.takeTitle}>{text.takeEmpty}</EmptyState>
      ) : (
        <BlockTable
          blocks={blocks}
          acts={(block) =>
            block.state === 'open' && (
              <button
                type="button"
                className="y-quiet-button"
                aria-label={`${text.giveBack} ${block.first}`}
                onClick={() => setReturning(block)}
              >
                {text.giveBack}
              </button>
            )
          }
        />
      )}
      {taking && <TakeDialog onDone={() => setTaking(false)} />}
      {returning !== null && (
        <ReasonDialog
          title={`${text.giveBack}：${returning.text}`}
          label="退回原因"
          confirm="退回"
          failure={act.failure}
          onCancel={() => setReturning(null)}
          onConfirm={async (reason) => {
            if ((await act.run('numbers.returnBlock', { blockId: returning.id, reason })) !== null) setReturning(null)
          }}
        />
      )}
    </Page>
  )
}

function TakeDialog({ onDone }: { onDone: () => void }) {
  const session = useSession()
  const act = useAct()
  const [value, setValue] = useState({
    office: session.account.office,
    year: Number(dayInChina(session.now).slice(0, 4)),
    first: 0,
    last: 0,
    slip: '',
  })
  const put = (part: Partial<typeof value>) => setValue((before) => ({ ...before, ...part }))
  const take = async () => {
    if ((await act.run('numbers.takeBlock', value)) !== null) onDone()
  }
  return (
    <Dialog
      title={text.take}
      onCancel={onDone}
      confirm={{
        text: '登记号段',
        disabled: act.busy || value.first < 1 || value.last < value.first || value.slip.trim() === '',
        onClick: () => void take(),
      }}
    >
      <Field label="使用处室" required hint="与号段单所写完全一致">
        {(control) => <TextLine {...control} initial={value.office} onText={(office) => put({ office })} />}
      </Field>
      <Field label="年度" required>
        {(control) => (
          <TextLine {...control} initial={String(value.year)} onText={(typed) => put({ year: whole(typed) })} />
        )}
      </Field>
      <div className="y-grid-2">
        <Field label="首号" required fault={faultAt(act.failure, 'first')}>
          {(control) => <TextLine {...control} autoFocus onText={(typed) => put({ first: whole(typed) })} />}
        </Field>
        <Field label="末号" required>
          {(control) => <TextLine {...control} onText={(typed) => put({ last: whole(typed) })} />}
        </Field>
      </div>
      <Field label="校验码" required hint="号段单上的八位校验码" fault={faultAt(act.failure, 'slip')}>
        {(control) => <TextLine {...control} onText={(slip) => put({ slip })} />}
      </Field>
      <ErrorNote failure={act.failure?.params.field === undefined ? act.failure : null} />
    </Dialog>
  )
}
