import { type Level, levelNames } from '#shared/domain/secrecy.ts'

export type Tone = 'green' | 'amber' | 'red' | 'quiet' | 'action'

const shapes: Readonly<Record<Tone, string>> = { green: '●', amber: '▲', red: '■', quiet: '○', action: '◆' }

/** A state in a word and a shape; colour only underlines it (UX principle 6). */
export function Light({ tone, children }: { tone: Tone; children: string }) {
  return (
    <span className={`y-light y-${tone}`}>
      <i aria-hidden="true">{shapes[tone]}</i>
      {children}
    </span>
  )
}

/** 密级 as it stands in lists and titles: red only for a state secret. */
export function LevelMark({ level, proposed }: { level: Level; proposed?: boolean }) {
  const secret = level === 'secret' || level === 'confidential'
  return (
    <span className={secret ? 'y-level y-level-secret' : 'y-level'}>
      {proposed === true ? '拟 ' : ''}
      {levelNames[level]}
    </span>
  )
}

/** The mark as it is printed, or why none may stand. */
export function PrintedMark({ mark }: { mark: string | null }) {
  return mark === null ? (
    <span className="y-quiet">未定密不印标志</span>
  ) : (
    <span className="y-level y-level-secret">{mark}</span>
  )
}
