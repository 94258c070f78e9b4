import { type Level, levelNames, levelRank, levels } from '#shared/domain/secrecy.ts'
import { useSession } from '../../app/session.tsx'
import { OneOf } from '../../ui/choice.tsx'
import { FieldGroup } from '../../ui/field.tsx'

const text = {
  level: '来文密级',
  hint: '照来文上的密级标志选；案卷密级、出件批准随其中最高的一件。',
} as const

/** 来文密级: what a file that comes in was marked with by its sender (保密法 18); never above what the machine may hold. */
export function IncomingLevel({ value, onChange }: { value: Level; onChange: (level: Level) => void }) {
  const { machineLevel } = useSession()
  return (
    <FieldGroup label={text.level} hint={text.hint}>
      <OneOf
        options={levels.map((one) => ({
          value: one,
          text: levelNames[one],
          disabled: levelRank(one) > levelRank(machineLevel),
        }))}
        value={value}
        onChange={onChange}
      />
    </FieldGroup>
  )
}
