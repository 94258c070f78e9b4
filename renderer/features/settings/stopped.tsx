import { useSession } from '../../app/session.tsx'
import { Page, Panel } from '../../ui/page.tsx'
import { WaitingActs } from '../accounts/waiting.tsx'
import { findingWords, settingsText } from './text.ts'

const text = settingsText.stopped

/** In place of every room while a finding stands: what happened, what was kept, what to do now. */
export function Stopped() {
  const { findings } = useSession()
  return (
    <Page title={text.title}>
      <div className="y-error" role="alert">
        <p className="y-error-what">{text.why}</p>
        <p>{text.kept}</p>
        <p>{text.now}</p>
      </div>
      <Panel title="发现的情况">
        <ul className="y-list">
          {findings.map((one) => (
            <li key={`${one.kind}/${one.database}/${one.hash}`} className="y-line">
              {findingWords(one)}
            </li>
          ))}
        </ul>
      </Panel>
      <WaitingActs />
    </Page>
  )
}
