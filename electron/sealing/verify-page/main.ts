import type { Verdict } from '#shared/domain/archive.ts'
import { checkName } from '#shared/domain/verdict.ts'
import { type BagFile, judge, refuse } from '../judge.ts'
import { TarError } from '../tar.ts'
import { advice, colourNames, tarFaults } from '../text.ts'
import { fromEntry, fromFolder, fromTar, webPrimitives } from './sources.ts'

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
let last: (() => Promise<BagFile[]>) | null = null
let turn = 0

async function run(load: () => Promise<BagFile[]>): Promise<void> {
  last = load
  turn += 1
  const mine = turn
  result.textContent = '正在校验……'
  const verdict = await decide(load)
  if (mine === turn) show(verdict) // a newer drop or fingerprint has its own answer
}

async function decide(load: () => Promise<BagFile[]>): Promise<Verdict> {
  if (!globalThis.crypto?.subtle) return refuse('archive', '此浏览器不提供校验所需的密码功能，请换用其他浏览器')
  try {
    return await judge(await load(), webPrimitives, { caFingerprint: fingerprint.value })
  } catch (error) {
    return refuse('archive', error instanceof TarError ? tarFaults[error.reason] : '文件无法读取')
  }
}

function show(verdict: Verdict): void {
  const banner = document.createElement('div')
  banner.id = 'verdict'
  banner.dataset.colour = verdict.colour
  banner.textContent = colourNames[verdict.colour]
  const table = document.createElement('table')
  for (const check of verdict.checks) {
    const row = table.insertRow()
    row.dataset.code = check.code
    const open = check.code === 'issuer' && fingerprint.value.trim() === ''
    if (!check.passed) row.className = open ? 'open' : 'failed'
    row.insertCell().textContent = check.passed ? '通过' : open ? '未确认' : '不通过'
    row.insertCell().textContent = checkName(check.code)
    row.insertCell().textContent = check.detail
  }
  const next = document.createElement('p')
  next.textContent = advice[verdict.colour]
  const signer = document.createElement('p')
  if (verdict.signer)
    signer.textContent = `签名人：${verdict.signer}　签名时间（签名人声明）：${new Date(verdict.signedAt).toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai' })}`
  result.replaceChildren(banner, next, signer, table)
}

element('pick-tar', HTMLButtonElement).onclick = () => tarInput.click()
element('pick-folder', HTMLButtonElement).onclick = () => folderInput.click()
// Emptied after each choice: the same file, mended or replaced, can be chosen again.
tarInput.onchange = () => {
  const file = tarInput.files?.[0]
  tarInput.value = ''
  if (file) void run(() => fromTar(file))
}
folderInput.onchange = () => {
  const files = [...(folderInput.files ?? [])]
  folderInput.value = ''
  if (files.length > 0) void run(async () => fromFolder(files))
}
fingerprint.onchange = () => {
  if (last) void run(last)
}
drop.ondragover = (event) => {
  event.preventDefault()
  drop.classList.add('over')
}
drop.ondragleave = () => drop.classList.remove('over')
drop.ondrop = (event) => {
  event.preventDefault()
  drop.classList.remove('over')
  const item = event.dataTransfer?.items[0]
  const entry = item?.webkitGetAsEntry()
  const file = item?.getAsFile()
  if (entry?.isDirectory) void run(() => fromEntry(entry as FileSystemDirectoryEntry))
  else if (file) void run(() => fromTar(file))
}
