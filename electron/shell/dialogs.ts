import { type BrowserWindow, dialog } from 'electron'

/** A window that does not answer may hold text that is nowhere else. True only when the person closes it all the same. */
export async function askAboutDeafWindow(window: BrowserWindow): Promise<boolean> {
  const answer = await dialog.showMessageBox(window, {
    type: 'warning',
    title: '约谈卷',
    message: '窗口没有应答，可能还有文字没有落盘。',
    detail: '继续等待不会丢失任何内容。强行关闭后，最近一秒以前已落盘的文字仍在，之后的可能丢失。',
    buttons: ['继续等待', '强行关闭'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  })
  return answer.response === 1
}

/** A folder the user points at; null when the dialog is closed without a choice. */
export async function chooseFolder(window: BrowserWindow, title: string): Promise<string | null> {
  const answer = await dialog.showOpenDialog(window, {
    title,
    properties: ['openDirectory', 'createDirectory', 'dontAddToRecent'],
  })
  return answer.filePaths[0] ?? null
}

/** One existing file with one of the given extensions; null when the dialog is closed without a choice. */
export async function chooseFile(
  window: BrowserWindow,
  title: string,
  extensions: readonly string[],
): Promise<string | null> {
  const answer = await dialog.showOpenDialog(window, {
    title,
    properties: ['openFile', 'dontAddToRecent'],
    filters: extensions.length === 0 ? [] : [{ name: title, extensions: [...extensions] }],
  })
  return answer.filePaths[0] ?? null
}
