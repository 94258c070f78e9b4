import { useCallback, useEffect, useRef } from 'react'

/** Tells whether an input method composes anywhere in the window: then nothing on the screen may be set or moved. */
export function useComposing(): () => boolean {
  const running = useRef(false)
  useEffect(() => {
    const begin = () => {
      running.current = true
    }
    const end = () => {
      running.current = false
    }
    window.addEventListener('compositionstart', begin, true)
    window.addEventListener('compositionend', end, true)
    return () => {
      window.removeEventListener('compositionstart', begin, true)
      window.removeEventListener('compositionend', end, true)
    }
  }, [])
  return useCallback(() => {
    // A text that left the screen in mid-composition tells no end.
    const at = document.activeElement
    return running.current && (at instanceof HTMLTextAreaElement || at instanceof HTMLInputElement)
  }, [])
}
