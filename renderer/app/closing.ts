import { listen, shell } from './client.ts'
import { saveUnfinished } from './unfinished.ts'

type Flush = () => Promise<void>
const flushes = new Set<Flush>()

/** Registers how a screen brings what it holds to the disk when the session ends; returns how to withdraw it. */
export function onClosing(flush: Flush): () => void {
  flushes.add(flush)
  return () => flushes.delete(flush)
}

/** Runs every registered flush, then keeps the unfinished forms. A failing one never keeps the others from running. */
export async function flushAll(): Promise<void> {
  await Promise.allSettled([...flushes].map((flush) => flush()))
  await saveUnfinished()
}

/** How long the disk may take before the person is asked, in ms. */
const patience = 2_000

/**
 * Answers the farewell: first the text, then the leave to close. Text that only memory holds keeps the window open, and
 * `ask` puts the choice to the person. A session the core locks keeps its window's place. Null for a window without text.
 */
export function watchClosing(memory: { readonly holds: () => boolean; readonly ask: () => void } | null): () => void {
  // A browser that closes its window by itself asks the page.
  const hold = (event: BeforeUnloadEvent) => {
    if (memory?.holds() === true) event.preventDefault()
  }
  window.addEventListener('beforeunload', hold)
  const withdraw = listen('session.closing', ({ reason }) => {
    if (reason === 'quit') shell().stayOpen()
    const late = new Promise<void>((resolve) => setTimeout(resolve, patience))
    void Promise.race([flushAll(), late]).then(() => {
      if (reason !== 'quit') return
      if (memory?.holds() === true) memory.ask()
      else shell().readyToClose()
    })
  })
  return () => {
    window.removeEventListener('beforeunload', hold)
    withdraw()
  }
}
