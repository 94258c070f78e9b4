import { contextBridge, ipcRenderer } from 'electron'
import type { PrintBridge } from '#shared/contract/print.ts'

// The page of sheets: it is given one paper and says when it is drawn. No verb, no dialog, no other channel.
const bridge: PrintBridge = {
  sheets: () =>
    new Promise((resolve) => {
      ipcRenderer.once('yuetan:sheets', (_event, sheets) => resolve(sheets))
      ipcRenderer.send('yuetan:sheets-wanted')
    }),
  drawn: (value) => ipcRenderer.send('yuetan:sheets-drawn', value),
}

if (window.top === window) contextBridge.exposeInMainWorld('yuetanPrint', bridge)
