import { portBridge } from '#electron/shell/port-bridge.ts'
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
if (binding && window.top === window) {
  const { bridge, attach, closing } = portBridge({
    kind: 'preview',
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
    chooseFolder: () => Promise.resolve(null),
    chooseFile: () => Promise.resolve(null),
    showSide: (open) => void binding('side', open ? 'open' : ''),
    readyToClose: () => void binding('ready-to-close', ''),
  })
  window.yuetanClosing = closing
  Object.defineProperty(window, 'yuetan', { value: Object.freeze(bridge), writable: false, configurable: false })
}
// A window has no print of its own: paper leaves through the core, with a copy number.
const refusePrint = () => void binding?.('refused', 'shell.print')
Object.defineProperty(window, 'print', { value: refusePrint, writable: false, configurable: false })
