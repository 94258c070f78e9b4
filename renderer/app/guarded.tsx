import { useEffect, useState } from 'react'
import { watchCarrying } from './carrying.ts'
import { shell } from './client.ts'
import { useSession } from './session.tsx'

/** How long a note about text that stayed inside is shown, in ms. */
const noteTime = 5000

const protectionWords = {
  on: '截屏防护：已启用',
  off: '截屏防护：演练档案不启用',
  unavailable: '截屏防护：本系统不支持',
} as const

const insideWords = {
  clipboard: '本机策略：复制的文字只能粘贴在本窗口内。',
  drag: '本机策略：文字不能拖出本窗口。',
} as const

/** What keeps the content inside this window, as it truly is, and a word whenever it did (UX principle 7: no toast). */
export function Guarded() {
  const { carries } = useSession()
  const [note, setNote] = useState<keyof typeof insideWords | null>(null)
  const { clipboard, drag } = carries
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = watchCarrying({ clipboard, drag }, (way) => {
      setNote(way)
      clearTimeout(timer)
      timer = setTimeout(() => setNote(null), noteTime)
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [clipboard, drag])
  return (
    <div className="y-guarded">
      <p role="status">{note !== null && insideWords[note]}</p>
      <p>{protectionWords[shell().protection]}</p>
    </div>
  )
}
