import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { shell } from '../../app/client.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { text } from './text.ts'
import { unsavedRecord } from './use-record.ts'

/** How often it is looked whether the text has landed, in ms. */
const lookMs = 500

/**
 * The window was asked to close while text is only in memory. It stays open until the text has landed, and then closes
 * by itself, unless the person stays, or gives the text up in so many words. A hidden screen must be unlocked for that.
 */
export function Farewell({ hidden, onStay }: { hidden: boolean; onStay: () => void }) {
  const stay = useRef<HTMLButtonElement>(null)
  // An open dialog takes the first button for itself; whoever is typing must not give the text up by an Enter.
  useEffect(() => stay.current?.focus(), [])
  useEffect(() => {
    const timer = setInterval(() => {
      if (unsavedRecord() === null) shell().readyToClose()
    }, lookMs)
    return () => clearInterval(timer)
  }, [])
  return (
    <Dialog
      title={text.farewell.title}
      onCancel={onStay}
      footer={
        <>
          {!hidden && (
            <Button danger onClick={() => shell().readyToClose()}>
              {text.farewell.giveUp}
            </Button>
          )}
          <Button type="primary" ref={stay} onClick={onStay}>
            {text.farewell.stay}
          </Button>
        </>
      }
    >
      <p>{text.farewell.happened}</p>
      <p>{text.farewell.kept}</p>
      <p>{hidden ? text.farewell.locked : text.farewell.now}</p>
    </Dialog>
  )
}
