import { useRef, useState } from 'react'
import { dayInChina, isRealDay } from '#shared/domain/common.ts'
import { readClock, readDay, weekday } from './dates.ts'
import { Field } from './field.tsx'
import { type TextHandle, TextLine } from './text-block.tsx'

const notDay = '不是存在的日期；可写 2026-3-1、20260301 或 2026年3月1日'

interface Props {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly hint?: string
  readonly fault?: string | null
  readonly required?: boolean
  readonly readOnly?: boolean
}

/** A day, typed as people write it; the weekday below says whether it is the one that was meant. */
export function DayField({ label, value, onChange, hint, fault, required, readOnly }: Props) {
  const [wrong, setWrong] = useState(false)
  const handle = useRef<TextHandle>(null)
  const settle = (text: string) => {
    const day = readDay(text, dayInChina(new Date().toISOString()))
    setWrong(day === null && text.trim() !== '')
    if (day !== null && day !== text) handle.current?.set(day)
    onChange(day ?? '')
  }
  return (
    <Field
      label={label}
      required={required ?? false}
      fault={wrong ? notDay : (fault ?? null)}
      unread={wrong}
      hint={value !== '' ? weekday(value) : hint}
    >
      {(control) => (
        <TextLine
          {...control}
          initial={value}
          handle={handle}
          readOnly={readOnly ?? false}
          placeholder="年-月-日"
          onText={(text) => {
            const day = readDay(text, dayInChina(new Date().toISOString()))
            if (day !== null && /^\d{4}-\d{2}-\d{2}$/.test(text)) {
              setWrong(false)
              onChange(day)
            }
          }}
          onFlush={settle}
          onEnter={(text) => {
            settle(text)
            return true
          }}
        />
      )}
    </Field>
  )
}

/**
 * A day within a row of inputs, without a label of its own. What is no day stays as it was typed and is handed on: the
 * form names it as a fault instead of losing it.
 */
export function DayLine({
  label,
  value,
  onChange,
}: {
  label: string
  value: string
  onChange: (value: string) => void
}) {
  const handle = useRef<TextHandle>(null)
  const read = (text: string) => readDay(text, dayInChina(new Date().toISOString()))
  const wrong = value !== '' && !isRealDay(value)
  return (
    <div>
      <TextLine
        label={label}
        placeholder="年-月-日"
        initial={value}
        invalid={wrong}
        handle={handle}
        onFlush={(text) => {
          const day = read(text)
          if (day !== null && day !== text) handle.current?.set(day)
          onChange(day ?? text.trim())
        }}
      />
      {wrong && <div className="y-field-note y-red">不是存在的日期</div>}
    </div>
  )
}

/** A clock of 24 hours, typed as people write it. */
export function ClockField({ label, value, onChange, hint, fault, required, readOnly }: Props) {
  const [wrong, setWrong] = useState(false)
  const handle = useRef<TextHandle>(null)
  const settle = (text: string) => {
    const clock = readClock(text)
    setWrong(clock === null && text.trim() !== '')
    if (clock !== null && clock !== text) handle.current?.set(clock)
    onChange(clock ?? '')
  }
  return (
    <Field
      label={label}
      required={required ?? false}
      fault={wrong ? '不是时刻；可写 9:30 或 0930' : (fault ?? null)}
      unread={wrong}
      hint={hint}
    >
      {(control) => (
        <TextLine
          {...control}
          initial={value}
          handle={handle}
          readOnly={readOnly ?? false}
          placeholder="时:分"
          onText={(text) => {
            if (/^\d{2}:\d{2}$/.test(text) && readClock(text) !== null) {
              setWrong(false)
              onChange(text)
            }
          }}
          onFlush={settle}
          onEnter={(text) => {
            settle(text)
            return true
          }}
        />
      )}
    </Field>
  )
}
