import { useEffect, useState } from 'react'
import { clockInChina } from '#shared/domain/common.ts'
import { utteranceKindNames } from '#shared/domain/interviews.ts'
import type { SideLine, SideScreen } from '#shared/domain/side.ts'
import { call, listen } from '../../app/client.ts'
import './side.css'
import { text } from './text.ts'

/** 旁屏: what the room reads while the record is kept. It has no control; the desk says what is shown. */
export function SideWindow() {
  const screen = useScreen()
  if (screen === null) return <main className="side side-blank">{text.blank}</main>
  return (
    <main className="side">
      <header>
        <h1>{screen.matter}</h1>
        <span>{screen.place}</span>
        {screen.state === 'paused' && <em>{text.paused}</em>}
        {screen.held && <em>{text.held}</em>}
      </header>
      <ol aria-label={text.record}>
        {screen.lines.toReversed().map((line) => (
          <li key={line.key} className={`side-${line.delegation ?? 'none'}`}>
            <Said line={line} />
          </li>
        ))}
        {screen.lines.length === 0 && <li className="side-wait">{text.wait}</li>}
      </ol>
    </main>
  )
}

function Said({ line }: { line: SideLine }) {
  if (line.kind === 'note')
    return (
      <p className="side-note">
        【{clockInChina(line.at).slice(0, 5)} {line.text}】
      </p>
    )
  return (
    <>
      <small>
        {line.speaker === '' ? text.nobody : line.speaker} · {utteranceKindNames[line.kind]}
      </small>
      <p>{line.text}</p>
    </>
  )
}

/** Reads the screen at the start and whenever the core says that it changed; readings never overtake each other. */
function useScreen(): SideScreen | null {
  const [screen, setScreen] = useState<SideScreen | null>(null)
  useEffect(() => {
    let current = true
    let reading = false
    let again = false
    const read = async () => {
      if (reading) {
        again = true
        return
      }
      reading = true
      do {
        again = false
        // A refusal shows nothing: what may be seen is not known then.
        const next = await call('side.get', {}).catch(() => null)
        if (current) setScreen(next)
      } while (again && current)
      reading = false
    }
    const stop = listen('side.changed', () => void read())
    void read()
    return () => {
      current = false
      stop()
    }
  }, [])
  return screen
}
