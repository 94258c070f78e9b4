import { contextBridge, ipcRenderer, webFrame } from 'electron'
import { portBridge } from './shell/port-bridge.ts'
import { protectionFrom } from './shell/protection.ts'

// One CommonJS file, sandboxed. It hands the window verbs, never channels.
const { bridge, attach, closing } = portBridge({
  kind: 'electron',
  protection: protectionFrom(process.argv),
  connect: () => ipcRenderer.send('yuetan:connect'),
  chooseFolder: (title) => ipcRenderer.invoke('yuetan:choose-folder', title),
  chooseFile: (title, extensions) => ipcRenderer.invoke('yuetan:choose-file', title, extensions),
  showSide: (open) => ipcRenderer.send('yuetan:side', open),
  stepUp: () => ipcRenderer.invoke('yuetan:step-up'),
  stayOpen: () => ipcRenderer.send('yuetan:stay-open'),
  readyToClose: () => ipcRenderer.send('yuetan:ready-to-close'),
})

if (window.top === window) {
  ipcRenderer.on('yuetan:port', (event) => {
    const port = event.ports[0]
    if (port === undefined) return
    attach({
      send: (message) => port.postMessage(message),
      listen: (on) => {
        port.onmessage = (incoming) => on(incoming.data)
      },
    })
  })
  ipcRenderer.on('yuetan:closing', () => closing())
  contextBridge.exposeInMainWorld('yuetan', bridge)
  contextBridge.exposeInMainWorld('yuetanRefused', (code: string) => ipcRenderer.send('yuetan:refused', code))
}
// A window has no print of its own: paper leaves through the core, with a copy number.
void webFrame.executeJavaScript("window.print = () => { window.top.yuetanRefused?.('shell.print') }")
