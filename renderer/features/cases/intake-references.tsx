import { useRef } from 'react'
import { officialDay } from '#shared/domain/common.ts'
import { bandOf, type Reference, referenceOf } from '#shared/rules/profile.ts'
import { useRules } from '../../app/rules.tsx'
import { AnyOf } from '../../ui/choice.tsx'
import { Field, FieldGroup } from '../../ui/field.tsx'
import { type TextHandle, TextLine } from '../../ui/text-block.tsx'

/** Where a list comes from and how far it binds: `参考：《…》，2025年11月28日`. */
export function sourceWords({ mark, source, date }: Reference): string {
  return `${mark}：${source}，${officialDay(date)}`
}

/** Where the problem came from: typed, or taken from the list the rules keep. */
export function Sources({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const list = referenceOf(useRules(), 'leadSources')
  const handle = useRef<TextHandle>(null)
  const open = (list?.entries ?? []).filter((one) => !value.includes(one.name))
  const add = (name: string) => {
    const next = value.trim() === '' ? name : `${value.trim()}、${name}`
    handle.current?.set(next)
    onChange(next)
  }
  return (
    <div>
      <Field label="线索来源" hint="可写明文件名称、文号；也可从下列来源选入">
        {(control) => <TextLine {...control} handle={handle} initial={value} onText={onChange} />}
      </Field>
      {open.length > 0 && (
        <div className="y-chips" title={list === undefined ? '' : sourceWords(list)}>
          {open.map((one) => (
            <button key={one.code} type="button" className="y-quiet-button" onClick={() => add(one.name)}>
              ＋{one.name}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}

/** The band a sum falls into by the list of the rules; it is shown, never stored: the list says how far it binds. */
export function LossBand({ fen }: { fen: number | null }) {
  const list = referenceOf(useRules(), 'lossBands')
  const band = list === undefined || fen === null ? undefined : bandOf(list, fen)
  if (list === undefined || band === undefined) return null
  return (
    <p className="y-quiet" role="note" aria-label={list.name} title={list.note}>
      如认定为资产损失，属{band.name}（{sourceWords(list)}）
    </p>
  )
}

/** 责任追究情形: the unit's own list, offered once the unit has entered it in a version of the rules. */
export function Situations({
  values,
  fault,
  onChange,
}: {
  values: readonly string[]
  fault: string | null
  onChange: (values: string[]) => void
}) {
  const list = referenceOf(useRules(), 'situations')
  if (list === undefined) return null
  return (
    <FieldGroup label={list.name} fault={fault} hint={list.entries.length === 0 ? list.note : sourceWords(list)}>
      {list.entries.length === 0 ? (
        <p className="y-quiet">{list.source}的情形尚未录入，由本单位在规则文件中填写后即可在此勾选</p>
      ) : (
        <AnyOf
          column
          options={list.entries.map((one) => ({ value: one.code, text: one.name }))}
          value={values}
          onChange={onChange}
        />
      )}
    </FieldGroup>
  )
}
