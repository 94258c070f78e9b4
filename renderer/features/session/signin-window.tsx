import { useEffect, useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { watchClosing } from '../../app/closing.ts'
import { useCall } from '../../app/use-call.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Activation } from './activation.tsx'
import { Ceremony } from './ceremony.tsx'
import { ChangePassword } from './change-password.tsx'
import { FirstRun } from './first-run.tsx'
import { Keys } from './keys.tsx'
import { RestoreBackup } from './restore-backup.tsx'
import { SignIn } from './sign-in.tsx'
import { sessionText } from './text.ts'
import { TrialSetUp } from './trial.tsx'
import './session.css'

export type ArchiveStatus = VerbOutput<'session.status'>
export type SigninStep = 'home' | 'trial' | 'ceremony' | 'activate' | 'password' | 'keys' | 'backup'

/** The window before sign-in: it knows no case and shows no real name. */
export function SigninWindow() {
  const found = useCall('session.status', {})
  const [chosen, setChosen] = useState<ArchiveStatus | null>(null)
  const [step, setStep] = useState<SigninStep>('home')
  const [elsewhere, setElsewhere] = useState(false)
  const status = chosen ?? found.data
  // Nothing typed here has to be kept: the window may close at once.
  useEffect(() => watchClosing(null), [])
  const arrive = (next: ArchiveStatus) => {
    setChosen(next)
    setElsewhere(false)
    setStep('home')
  }
  return (
    <main className="y-gate">
      {status?.kind === 'trial' && !elsewhere && <div className="y-trial y-gate-trial">{sessionText.trialBand}</div>}
      <ErrorNote failure={found.failure} />
      {status !== null && step === 'trial' && <TrialSetUp onMade={arrive} onBack={() => setStep('home')} />}
      {status !== null && step === 'ceremony' && <Ceremony onMade={arrive} onBack={() => setStep('home')} />}
      {status !== null && step === 'password' && <ChangePassword onBack={() => setStep('home')} />}
      {status !== null && step === 'keys' && <Keys onBack={() => setStep('home')} />}
      {status !== null && step === 'backup' && <RestoreBackup onBack={() => setStep('home')} />}
      {status !== null && step === 'activate' && <Activation onBack={() => setStep('home')} />}
      {status !== null &&
        step === 'home' &&
        (status.state === 'ready' && !elsewhere ? (
          <SignIn
            status={status}
            onElsewhere={() => setElsewhere(true)}
            onActivate={() => setStep('activate')}
            onChange={() => setStep('password')}
            onKeys={() => setStep('keys')}
          />
        ) : (
          <FirstRun
            status={status}
            onChosen={arrive}
            onStep={setStep}
            onBack={status.state === 'ready' ? () => setElsewhere(false) : null}
          />
        ))}
    </main>
  )
}
