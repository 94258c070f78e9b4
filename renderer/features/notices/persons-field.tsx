import { useRef, useState } from 'react'
import { dayInChina } from '#shared/domain/common.ts'
import type { Notice, NoticeFields } from '#shared/domain/notices.ts'
import { useSession } from '../../app/session.tsx'
import { useCall } from '../../app/use-call.ts'
import { Field } from '../../ui/field.tsx'
import { TextBlock, type TextHandle, TextLine } from '../../ui/text-block.tsx'
import { readPersons, writePersons } from './persons.ts'

type Persons = NoticeFields['persons']

/** Persons shown at once; more are found by typing. */
const shown = 8

/** 点名参加人员 (Art. 7): chosen from the register of the enterprise and its subsidiaries, or typed one a line. */
export function PersonsField({
  notice,
  values,
  onChange,
}: {
  notice: Notice
  values: Persons
  onChange: (values: Persons) => void
}) {
  const on = dayInChina(useSession().now)
  const found = useCall('parties.holders', { enterpriseIds: [notice.enterpriseId], on, below: true })
  const handle = useRef<TextHandle>(null)
  const [query, setQuery] = useState('')
  const known = (found.data ?? []).map((one) => ({
    name: one.personName,
    title: one.title,
    unit: one.enterpriseId === notice.enterpriseId ? '' : one.enterpriseName,
  }))
  const open = known.filter((one) => !values.some((other) => writePersons([other]) === writePersons([one])))
  const hits = open.filter((one) => `${one.unit}${one.title}${one.name}`.includes(query))
  const add = (one: Persons[number]) => {
    const next = [...values, one]
    handle.current?.set(writePersons(next))
    onChange(next)
  }
  return (
    <>
      <Field label="点名参加人员" hint="每行一人：单位 职务 姓名；可指定子企业人员（第七条）">
        {(control) => (
          <TextBlock
            {...control}
            rows={2}
            handle={handle}
            initial={writePersons(values)}
            onText={(typed) => onChange(readPersons(typed))}
          />
        )}
      </Field>
      {open.length > 0 && (
        <fieldset className="y-field y-group" aria-label="从企业与人员中选择">
          {open.length > shown && (
            <TextLine
              label="查找已登记人员"
              placeholder="单位、职务或姓名"
              onText={(typed) => setQuery(typed.trim())}
            />
          )}
          <div className="y-chips">
            {hits.slice(0, shown).map((one) => (
              <button key={writePersons([one])} type="button" className="y-quiet-button" onClick={() => add(one)}>
                ＋{one.unit === '' ? '' : `${one.unit} `}
                {one.title} {one.name}
              </button>
            ))}
            {hits.length > shown && <span className="y-quiet">另有 {hits.length - shown} 人，输入以查找</span>}
          </div>
        </fieldset>
      )}
    </>
  )
}
