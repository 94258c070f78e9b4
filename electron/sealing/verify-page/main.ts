import type { GroupVerdict, Verdict } from '#shared/domain/archive.ts'
import { checkName, groupCheckNames } from '#shared/domain/verdict.ts'
import { judgeGroup, type NamedVerdict } from '../group.ts'
import { type BagFile, judge, refuse } from '../judge.ts'
import { TarError } from '../tar.ts'
import { advice, colourNames, groupAdvice, groupColourNames, tarFaults } from '../text.ts'
import { fromDropped, fromFolder, fromTar, webPrimitives } from './sources.ts'

/** The page that travels in every bundle: the same judgement as the program's, in any browser, offline. */

function element<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id)
  if (!(found instanceof kind)) throw new Error(id)
  return found
}

const drop = element('drop', HTMLDivElement)
const result = element('result', HTMLDivElement)
const fingerprint = element('fingerprint', HTMLInputElement)
const tarInput = element('tar', HTMLInputElement)
const folderInput = element('folder', HTMLInputElement)
/** One bundle as it was given. */
interface Given {
  readonly name: string
  load(): Promise<BagFile[]>
}
let last: readonly Given[] = []
let turn = 0

async function run(given: readonly Given[]): Promise<void> {
  if (given.length === 0) return
  last = given
  turn += 1
  const mine = turn
  result.textContent = '正在校验……'
  const bundles: NamedVerdict[] = []
  for (const one of given) {
    bundles.push({ name: one.name, verdict: await decide(one) })
    if (mine !== turn) return // a newer drop or fingerprint has its own answer
  }
  show(bundles)
}

async function decide({ load }: Given): Promise<Verdict> {
  if (!globalThis.crypto?.subtle) return refuse('archive', '此浏览器不提供校验所需的密码功能，请换用其他浏览器')
  try {
    return await judge(await load(), webPrimitives, { caFingerprint: fingerprint.value })
  } catch (error) {
    return refuse('archive', error instanceof TarError ? tarFaults[error.reason] : '文件无法读取')
  }
}

/** One bundle alone; several with the verdict on them as one case above, and each under the name of its file. */
function show(bundles: readonly NamedVerdict[]): void {
  const [only] = bundles
  if (bundles.length === 1 && only) {
    const shown = shownVerdict(only.verdict)
    shown[0]?.setAttribute('id', 'verdict')
    result.replaceChildren(...shown)
    return
  }
  const group = judgeGroup(bundles)
  result.replaceChildren(
    ...(group ? shownGroup(group) : []),
    ...bundles.flatMap(({ name, verdict }) => {
      const heading = document.createElement('h2')
      heading.textContent = name
      return [heading, ...shownVerdict(verdict)]
    }),
  )
}

function shownGroup({ colour, checks }: GroupVerdict): HTMLElement[] {
  const banner = bannerOf(colour, groupColourNames[colour])
  banner.id = 'verdict'
  const next = document.createElement('p')
  next.textContent = groupAdvice[colour]
  const table = document.createElement('table')
  for (const { code, passed, detail } of checks)
    addRow(table, code, passed ? 'passed' : 'failed', groupCheckNames[code], detail)
  return [banner, next, table]
}

function bannerOf(colour: Verdict['colour'], text: string): HTMLElement {
  const banner = document.createElement('div')
  banner.className = 'verdict'
  banner.dataset.colour = colour
  banner.textContent = text
  return banner
}

const results = { passed: '通过', failed: '不通过', open: '未确认' } as const

function addRow(
  table: HTMLTableElement,
  code: string,
  found: keyof typeof results,
  name: string,
  detail: string,
): void {
  const row = table.insertRow()
  row.dataset.code = code
  if (found !== 'passed') row.className = found
  for (const text of [results[found], name, detail]) row.insertCell().textContent = text
}

function shownVerdict(verdict: Verdict): HTMLElement[] {
  const banner = bannerOf(verdict.colour, colourNames[verdict.colour])
  const table = document.createElement('table')
  for (const check of verdict.checks) {
    const open = check.code === 'issuer' && fingerprint.value.trim() === ''
    const found = check.passed ? 'passed' : open ? 'open' : 'failed'
    addRow(table, check.code, found, checkName(check.code), check.detail)
  }
  const next = document.createElement('p')
  next.textContent = advice[verdict.colour]
  const signer = document.createElement('p')
  if (verdict.signer)
    signer.textContent = `签名人：${verdict.signer}　签名时间（签名人声明）：${new Date(verdict.signedAt).toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai' })}`
  return [banner, next, signer, table]
}

element('pick-tar', HTMLButtonElement).onclick = () => tarInput.click()
element('pick-folder', HTMLButtonElement).onclick = () => folderInput.click()
// Emptied after each choice: the same file, mended or replaced, can be chosen again.
tarInput.onchange = () => {
  const files = [...(tarInput.files ?? [])]
  tarInput.value = ''
  void run(files.map(tarGiven))
}
folderInput.onchange = () => {
  const files = [...(folderInput.files ?? [])]
  folderInput.value = ''
  const name = files[0]?.webkitRelativePath.split('/')[0] ?? ''
  if (files.length > 0) void run([{ name, load: async () => fromFolder(files) }])
}
fingerprint.onchange = () => {
  void run(last)
}
drop.ondragover = (event) => {
  event.preventDefault()
  drop.classList.add('over')
}
drop.ondragleave = () => drop.classList.remove('over')
drop.ondrop = (event) => {
  event.preventDefault()
  drop.classList.remove('over')
  // The list of items is emptied once the event is over: everything is taken from it now.
  const given = [...(event.dataTransfer?.items ?? [])].flatMap((item): Given[] => {
    const entry = item.webkitGetAsEntry()
    const file = item.getAsFile()
    if (entry?.isDirectory) return [{ name: entry.name, load: fromDropped(item, entry as FileSystemDirectoryEntry) }]
    return file ? [tarGiven(file)] : []
  })
  void run(given)
}

function tarGiven(file: File): Given {
  return { name: file.name, load: () => fromTar(file) }
}
