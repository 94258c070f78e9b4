import { findFontFiles } from './font-files.ts'
import { FontBook } from './fonts.ts'
import { type FaceRole, faces } from './gbt9704.ts'

/** Marks and signs every paper may need beside the hanzi. */
const signs = '〔〕★—…×“”‘’《》·①⑩℃㎡％‰￥〇'
/** Characters of names that common faces leave out (TECH §4). */
const names = '喆堃赟昇翀玥珺頔旻垚镕瑄骉焜燊槑囧犇玘珅赑㛃䶮𬭸芃祎婳琋韡彧晞暐'

/** The 6,763 hanzi of GB/T 2312, rows 16 to 87. */
function commonHanzi(): string[] {
  const decoder = new TextDecoder('gbk')
  const found: string[] = []
  for (let row = 0xb0; row <= 0xf7; row += 1) {
    for (let cell = 0xa1; cell <= 0xfe; cell += 1) {
      // The last five places of row 55 are empty.
      if (row === 0xd7 && cell > 0xf9) continue
      found.push(decoder.decode(Uint8Array.of(row, cell)))
    }
  }
  return found
}

/** One role of the standard and the face that prints it on this machine. */
export interface FontLine {
  readonly role: FaceRole
  /** The face the standard names. */
  readonly wanted: string
  readonly used: string
  readonly file: string
  /** False: the window has to say 替代字体. */
  readonly genuine: boolean
  /** As the font file itself states it; empty when it says nothing. */
  readonly licence: string
  readonly hanzi: number
  readonly hanziOf: number
  /** What the face itself lacks, and the faces that print it instead. */
  readonly lacking: string
  readonly instead: string[]
  /** What no face at hand prints. */
  readonly missing: string
}

/** What the papers of this machine are printed with. Slow: opens every face. Errors: `papers.noFont`. */
export function fontReport(folders: readonly string[]): FontLine[] {
  const book = new FontBook(findFontFiles(folders))
  const hanzi = commonHanzi()
  return book.choices().map((choice): FontLine => {
    const own = book.face(choice.role, '国')
    const lacks = (character: string): boolean => !own.has(character.codePointAt(0) ?? 0)
    const lacking = [...signs, ...names].filter(lacks)
    book.missing.clear()
    const instead = new Set(lacking.map((character) => book.face(choice.role, character).source.label))
    const missing = [...book.missing]
    instead.delete(own.source.label)
    return {
      role: choice.role,
      wanted: faces[choice.role],
      used: choice.used,
      file: own.source.file,
      genuine: choice.genuine,
      licence: own.licence(),
      hanzi: hanzi.filter((character) => !lacks(character)).length,
      hanziOf: hanzi.length,
      lacking: lacking.join(''),
      instead: [...instead],
      missing: missing.join(''),
    }
  })
}
