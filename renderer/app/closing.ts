import { listen, shell } from './client.ts'

type Flush = () => Promise<void>
const flushes = new Set<Flush>()

/** Registers how a screen brings what it holds to the disk when the session ends; returns how to withdraw it. */
export function onClosing(flush: Flush): () => void {
  flushes.add(flush)
  return () => flushes.delete(flush)
}

/** Runs every registered flush. A failing one never keeps the others from running. */
export async function flushAll(): Promise<void> {
  await Promise.allSettled([...flushes].map((flush) => flush()))
}

/** Answers the farewell: first the text, then the leave to close. A session the core locks keeps its window's place. */
export function watchClosing(): () => void {
  return listen('session.closing', ({ reason }) => {
    void flushAll().then(() => {
      if (reason === 'quit') shell().readyToClose()
    })
  })
}
