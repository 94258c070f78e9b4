import type { CheckItem } from '#shared/domain/archive.ts'
import { Light, type Tone } from '../../ui/lights.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { text } from './text.ts'

const tones = { passed: 'green', failed: 'red', manual: 'action', waived: 'quiet' } as const satisfies Record<
  CheckItem['result'],
  Tone
>
const urgency = { failed: 0, manual: 1, waived: 2, passed: 2 } as const satisfies Record<CheckItem['result'], number>

/**
 * 四性检测: what failed first, with room for the reason it is let go; then what a person has to look at; then the rest in
 * the order of the standard.
 */
export function Checks({
  checks,
  never,
  onFinding,
}: {
  checks: readonly CheckItem[]
  /** Codes that nobody lets go. */
  never: readonly string[]
  onFinding: (code: string, found: string) => void
}) {
  const { property, name, result, detail } = text.checkColumns
  const ordered = [...checks].sort((a, b) => urgency[a.result] - urgency[b.result])
  return (
    <table className="y-table" aria-label={text.steps[0]}>
      <TableHead columns={[property, name, result, detail]} />
      <tbody>
        {ordered.map((item) => (
          <tr key={item.code}>
            <td className="y-nowrap">{text.property[item.property]}</td>
            <td>
              {item.name} <small className="y-quiet">{item.code}</small>
            </td>
            <td className="y-nowrap">
              <Light tone={tones[item.result]}>{text.result[item.result]}</Light>
            </td>
            <td>
              <Answer
                item={item}
                fixed={never.includes(item.code)}
                onFinding={(found) => onFinding(item.code, found)}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Answer({ item, fixed, onFinding }: { item: CheckItem; fixed: boolean; onFinding: (found: string) => void }) {
  if (item.result === 'manual')
    return <TextLine label={text.finding(item.name)} placeholder={item.detail} onText={onFinding} />
  if (item.result !== 'failed') return item.detail
  return (
    <>
      <p className="y-red">{item.detail}</p>
      {fixed ? (
        <p className="y-quiet">{text.notWaivable}</p>
      ) : (
        <TextLine label={text.waiver(item.name)} placeholder={text.waiverHint} onText={onFinding} />
      )}
    </>
  )
}
