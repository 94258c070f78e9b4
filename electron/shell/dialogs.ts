import { type BrowserWindow, dialog } from 'electron'

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
