import { writeSymbols } from '#electron/crypto/fingerprint.ts'
import type { PaperSource } from '#electron/documents/paper-of.ts'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { dayInChina } from '#shared/domain/common.ts'
import type { Context, LongContext } from '../context.ts'
import { assertFolder, exportFile } from '../papers/export.ts'
import { frameOf } from '../papers/frame.ts'
import { printPaper } from '../papers/freeze.ts'
import { rulesOf } from '../rules/rules.ts'

/** Room for one secret of 128 bits, in the groups it is copied in: five symbols, the last one checks the others. */
const room = writeSymbols(Buffer.alloc(16)).replace(/[^-]/g, '□').split('-')

async function blankSheets(context: Context): Promise<PaperSource[]> {
  const { ledger } = context.session.archive
  const { profile } = (await rulesOf(context)).on(dayInChina(context.now))
  const frame = frameOf(context, profile, null, context.now)
  return [1, 2, 3].map((sheet) => ({
    kind: 'recoverySheet',
    data: {
      ...frame,
      sheet,
      unit: ledger.unit,
      archive: '约谈卷档案库',
      genesis: (ledger.genesis.slice(0, 16).toUpperCase().match(/.{4}/g) ?? []).join(' '),
      groups: room,
      holder: '',
      madeOn: null,
    },
  }))
}

/**
 * The three 恢复密钥单 as blank forms, into a folder the officer chose: the holders copy their secrets into them by hand
 * (DESIGN §4, Recovery); no secret ever meets a printer. Errors: those of `exportFile`.
 */
export async function exportBlankSheets(
  context: LongContext<VerbOutput<'accounts.blankSheets'>>,
  folder: string,
): Promise<string[]> {
  await assertFolder(folder)
  const files: string[] = []
  for (const [index, source] of (await context.read(blankSheets)).entries()) {
    const { bytes } = await printPaper(context, { source }, 'pdf')
    files.push(await exportFile(folder, `恢复密钥单（空白）第${index + 1}张.pdf`, bytes))
  }
  return files
}
