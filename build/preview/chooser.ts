/*
 * The preview has no dialog of the system's: this one stands in its place, a modal element over the page. The shell
 * lists folders only while it is open.
 */

/** What the shell tells about one folder; names only, sorted for people. */
export interface Listing {
  readonly path: string
  readonly parent: string | null
  readonly folders: readonly string[]
  readonly files: readonly string[]
}

export interface ChooserDoor {
  /** Lists a folder, the user's own when the path is empty; null when it cannot be read. */
  list(path: string): Promise<Listing | null>
  /** Makes a folder inside another and lists it; null when that fails. */
  make(parent: string, name: string): Promise<Listing | null>
  /** The choice is over. */
  done(): void
}

const words = {
  up: '上一级',
  empty: '此处没有可选的内容',
  unreadable: '该文件夹不能读取，仍停在原处。',
  taken: '没有建成：名称不可用或位置不可写。',
  makeName: '新文件夹名称',
  make: '新建文件夹',
  type: '改为输入路径',
  choose: '选定此文件夹',
} as const

/** Follows the page's tokens; a constructed sheet, because the policy allows no inline style. */
const style = `
.preview-chooser { width: min(640px, 92vw); height: min(560px, 88vh); padding: 0; border: 1px solid var(--line); border-radius: 4px; background: var(--paper); color: var(--ink); flex-direction: column; }
.preview-chooser[open] { display: flex; }
.preview-chooser::backdrop { background: rgb(31 35 41 / 40%); }
.preview-chooser h2 { margin: 0; padding: 16px 24px 4px; font-size: 16px; line-height: 24px; }
.preview-chooser p { margin: 0; padding: 0 24px 8px; color: var(--secondary); overflow-wrap: anywhere; }
.preview-chooser [role=status]:empty { display: none; }
.preview-chooser ul { flex: 1; margin: 0; padding: 4px 12px; overflow-y: auto; list-style: none; border-block: 1px solid var(--line); }
.preview-chooser li button { width: 100%; min-height: 32px; padding: 4px 12px; border: 0; border-radius: 4px; background: none; color: inherit; font: inherit; text-align: left; cursor: pointer; }
.preview-chooser li:not(:has(button)) { padding: 4px 12px; color: var(--secondary); }
.preview-chooser li button:hover { background: var(--ground); }
.preview-chooser footer { display: flex; gap: 8px; align-items: center; padding: 12px 24px; }
.preview-chooser footer button, .preview-chooser footer input { min-height: 32px; padding: 4px 12px; border: 1px solid var(--line); border-radius: 4px; background: var(--paper); color: inherit; font: inherit; }
.preview-chooser footer input { flex: 1; min-width: 0; }
.preview-chooser footer .chosen { background: var(--action); border-color: var(--action); color: #fff; }
.preview-chooser :focus-visible { outline: 2px solid var(--action); outline-offset: 1px; }
`

function element<K extends keyof HTMLElementTagNameMap>(name: K, text = '', className = ''): HTMLElementTagNameMap[K] {
  const made = document.createElement(name)
  made.textContent = text
  made.className = className
  return made
}

/** Separator of a path as the shell gave it. */
const under = (folder: string, name: string): string => {
  const separator = folder.includes('\\') ? '\\' : '/'
  return folder.endsWith(separator) ? `${folder}${name}` : `${folder}${separator}${name}`
}

/** Lets a person point at a folder, or with `extensions` at a file; null when they would rather type or give up. */
export function openChooser(
  title: string,
  extensions: readonly string[] | null,
  door: ChooserDoor,
): Promise<string | null> {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(style)
  document.adoptedStyleSheets.push(sheet)
  const dialog = element('dialog', '', 'preview-chooser')
  const heading = element('h2', title)
  const place = element('p')
  const notice = element('p')
  notice.setAttribute('role', 'status')
  const list = element('ul')
  list.setAttribute('aria-label', title)
  const footer = element('footer')
  const cancel = element('button', words.type)
  const name = element('input')
  name.placeholder = words.makeName
  name.setAttribute('aria-label', words.makeName)
  const make = element('button', words.make)
  const choose = element('button', words.choose, 'chosen')
  footer.append(cancel, ...(extensions === null ? [name, make, choose] : []))
  for (const button of [cancel, make, choose]) button.type = 'button'
  dialog.setAttribute('aria-label', title)
  dialog.append(heading, place, notice, list, footer)
  document.body.append(dialog)

  let here: Listing | null = null
  return new Promise((resolve) => {
    const end = (answer: string | null): void => {
      dialog.close()
      dialog.remove()
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet)
      door.done()
      resolve(answer)
    }
    const entry = (label: string, act: () => void): HTMLLIElement => {
      const item = element('li')
      const button = element('button', label)
      button.type = 'button'
      button.addEventListener('click', act)
      item.append(button)
      return item
    }
    const show = (found: Listing | null, otherwise: string): void => {
      notice.textContent = found === null ? otherwise : ''
      if (found === null) return
      here = found
      place.textContent = found.path
      const wanted = (file: string): boolean =>
        extensions !== null &&
        (extensions.length === 0 || extensions.some((one) => file.toLowerCase().endsWith(`.${one}`)))
      const files = found.files.filter(wanted)
      const { parent } = found
      list.replaceChildren(
        ...(parent === null ? [] : [entry(`↑ ${words.up}`, () => go(parent))]),
        ...found.folders.map((one) => entry(`▸ ${one}`, () => go(under(found.path, one)))),
        ...files.map((one) => entry(one, () => end(under(found.path, one)))),
        ...(found.folders.length + files.length === 0 ? [element('li', words.empty)] : []),
      )
      list.querySelector('button')?.focus()
    }
    const go = (path: string): void => void door.list(path).then((found) => show(found, words.unreadable))
    cancel.addEventListener('click', () => end(null))
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault()
      end(null)
    })
    choose.addEventListener('click', () => end(here?.path ?? null))
    make.addEventListener('click', () => {
      if (here !== null) void door.make(here.path, name.value.trim()).then((found) => show(found, words.taken))
      name.value = ''
    })
    dialog.showModal()
    go('')
  })
}
