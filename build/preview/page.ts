import { portBridge } from '#electron/shell/port-bridge.ts'
import { type ChooserDoor, openChooser } from './chooser.ts'
import { decode, encode } from './codec.ts'

/** What the preview shell binds into the page; the page's own code only ever sees `window.yuetan`. */
declare global {
  interface Window {
    yuetanBinding?: (kind: string, text: string) => Promise<string>
    yuetanDeliver?: (text: string) => void
    yuetanClosing?: () => void
  }
}

const binding = window.yuetanBinding
/** The shell lists folders between `choosing` and `chosen`, and at no other time; only the working window is let. */
async function choose(
  ask: typeof binding,
  title: string,
  extensions: readonly string[] | null,
): Promise<string | null> {
  const answer = async (kind: string, text: string) => JSON.parse((await ask?.(kind, text)) || 'null')
  const door: ChooserDoor = {
    list: (path) => answer('list-folder', path),
    make: (parent, name) => answer('make-folder', encode([parent, name])),
    done: () => void ask?.('chosen', ''),
  }
  if ((await ask?.('choosing', '')) !== 'granted') return null
  return openChooser(title, extensions, door)
}

if (binding && window.top === window) {
  const { bridge, attach, closing } = portBridge({
    kind: 'preview',
    // A browser cannot keep its page out of a screenshot.
    protection: 'unavailable',
    connect: () => {
      void binding('connect', '').then(() => {
        attach({
          send: (message) => void binding('message', encode(message)),
          listen: (on) => {
            window.yuetanDeliver = (text) => on(decode(text))
          },
        })
      })
    },
    chooseFolder: (title) => choose(binding, title, null),
    chooseFile: (title, extensions) => choose(binding, title, extensions),
    showSide: (open) => void binding('side', open ? 'open' : ''),
    stepUp: async () => {
      await binding('step-up', '')
    },
    stayOpen: () => void binding('stay-open', ''),
    readyToClose: () => void binding('ready-to-close', ''),
  })
  window.yuetanClosing = closing
  Object.defineProperty(window, 'yuetan', { value: Object.freeze(bridge), writable: false, configurable: false })
}
// A window has no print of its own: paper leaves through the core, with a copy number.
const refusePrint = () => void binding?.('refused', 'shell.print')
Object.defineProperty(window, 'print', { value: refusePrint, writable: false, configurable: false })
