import {
  AlignmentType,
  BorderStyle,
  Document,
  DocumentGridType,
  Footer,
  FrameAnchorType,
  FrameWrap,
  Header,
  HorizontalPositionAlign,
  type ISectionOptions,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  Tab,
  type Table,
  TabStopType,
  TextRun,
  VerticalPositionAlign,
  HeadingLevel as WordHeading,
} from 'docx'
import { cellTwips, exactly, gridParagraph, gridWidth, runsOf, signLine, tableOf, textRun } from './docx-parts.ts'
import { stylesXml } from './docx-styles.ts'
import { fixZipTimes } from './docx-zip.ts'
import type { FontBook } from './fonts.ts'
import {
  area,
  copies,
  faces,
  headingFace,
  letter,
  mm,
  red,
  paper as sheet,
  signature,
  size,
  twips,
  word,
} from './gbt9704.ts'
import { copiesText, frameOf, letterheadSize, letterTop, trialBand } from './layout.ts'
import { smallPitch, titleClearance, titleLines } from './layout-rows.ts'
import type { Block, Paper, ParagraphBlock, SignatureBlock } from './model.ts'

type Part = Paragraph | Table

/**
 * Writes a paper as DOCX: real heading styles, the grid as exact line pitch and character spacing, Chinese family names
 * in every slot. Faces are named, not embedded. Same paper, same bytes.
 */
export async function writeDocx(paper: Paper, book: FontBook): Promise<Uint8Array> {
  const document = new Document({
    title: paper.name,
    creator: paper.author,
    evenAndOddHeaderAndFooters: true,
    sections: [section(paper, book)],
  })
  const own = [
    { path: 'docProps/core.xml', data: coreProperties(paper) },
    { path: 'word/styles.xml', data: stylesXml() },
  ]
  return fixZipTimes(new Uint8Array(await Packer.toBuffer(document, false, own)))
}

/** The library stamps the hour of writing; a filed paper bears the time it was made, whenever it is written again. */
function coreProperties(paper: Paper): string {
  const xml = (text: string): string => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
  const made = new Date(paper.made).toISOString().replace(/\.\d+Z$/, 'Z')
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"' +
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"' +
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `<dc:title>${xml(paper.name)}</dc:title><dc:creator>${xml(paper.author)}</dc:creator>` +
    `<dc:language>zh-CN</dc:language>` +
    `<dcterms:created xsi:type="dcterms:W3CDTF">${made}</dcterms:created>` +
    `<dcterms:modified xsi:type="dcterms:W3CDTF">${made}</dcterms:modified></cp:coreProperties>`
  )
}

/** Space between the lower paper edge and the page number's line, chosen so that its dash stands where §7.5 asks. */
const footerDistance = mm(20)
const numberLift = mm(4)

function section(paper: Paper, book: FontBook): ISectionOptions {
  const { landscape, left, right, top, bottom } = paper.field
  const official = left === 28
  return {
    properties: {
      titlePage: paper.letterhead !== null,
      page: {
        size: {
          width: twips(sheet.width),
          height: twips(sheet.height),
          orientation: landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
        },
        margin: {
          left: official ? word.left : twips(mm(left)),
          right: official ? word.right : twips(mm(right)),
          top: official ? word.top : twips(mm(top)),
          bottom: official ? word.bottom : twips(mm(bottom)),
          header: twips(mm(11)),
          footer: official ? twips(footerDistance) : twips(mm(8)),
        },
      },
      // A form's lines follow its tables, not the grid of the 版心.
      grid: { type: official ? DocumentGridType.LINES : DocumentGridType.DEFAULT, linePitch: word.pitch },
    },
    headers: headers(paper),
    footers: footers(paper),
    children: body(paper, book),
  }
}

function headers(paper: Paper): NonNullable<ISectionOptions['headers']> {
  const plain = (): Header => new Header({ children: band(paper) })
  if (!paper.letterhead) return { default: plain(), even: plain() }
  const points = letterheadSize(paper.letterhead.organ)
  // A frame at its place on the sheet: the header then takes no room from the body, whose first line is set by `opening`.
  const organ = new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: exactly(twips(points * 1.1)),
    border: {
      bottom: { style: BorderStyle.THICK_THIN_SMALL_GAP, size: 24, space: 9, color: red.slice(1) },
    },
    frame: {
      type: 'absolute',
      position: { x: twips((sheet.width - letter.ruleWidth) / 2), y: twips(letter.markTop - points * 0.08) },
      anchor: { horizontal: FrameAnchorType.PAGE, vertical: FrameAnchorType.PAGE },
      width: twips(letter.ruleWidth),
      height: twips(points * 1.1),
      wrap: FrameWrap.NONE,
    },
    children: [textRun(paper.letterhead.organ, 'xiaobiaosong', points, red)],
  })
  const end = new Paragraph({ spacing: exactly(20), children: [] })
  return { default: plain(), even: plain(), first: new Header({ children: [...band(paper), organ, end] }) }
}

/** 演练: outside the text area, at the same height on every page. */
function band(paper: Paper): Paragraph[] {
  if (!paper.trial) return [new Paragraph({ spacing: exactly(20), children: [] })]
  const border = { style: BorderStyle.SINGLE, size: 4, space: 2, color: '000000' }
  return [
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: exactly(twips(14)),
      border: { top: border, bottom: border },
      frame: {
        type: 'absolute',
        position: { x: 0, y: twips(mm(11)) },
        anchor: { horizontal: FrameAnchorType.MARGIN, vertical: FrameAnchorType.PAGE },
        width: twips(frameOf(paper).areaWidth),
        height: twips(16),
        wrap: FrameWrap.NONE,
      },
      children: [textRun(trialBand, 'heiti', size.no5)],
    }),
    new Paragraph({ spacing: exactly(20), children: [] }),
  ]
}

function footers(paper: Paper): NonNullable<ISectionOptions['footers']> {
  const number = (odd: boolean): Footer => new Footer({ children: [...numberLine(paper, odd), ...anchorLine(paper)] })
  const both = { default: number(true), even: number(false) }
  if (!paper.letterhead) return both
  const rule = new Paragraph({
    spacing: exactly(20),
    indent: { left: -twips(mm(8)), right: -twips(mm(6)) },
    border: { bottom: { style: BorderStyle.THIN_THICK_SMALL_GAP, size: 24, space: 0, color: red.slice(1) } },
    children: [],
  })
  return { ...both, first: new Footer({ children: [rule] }) }
}

function numberLine(paper: Paper, odd: boolean): Paragraph[] {
  const face = { ascii: faces.songti, hAnsi: faces.songti, eastAsia: faces.songti, cs: faces.songti }
  const official = !paper.field.landscape && paper.field.bottom === 35
  const spacing = { ...exactly(twips(18)), after: official && paper.anchor === null ? twips(numberLift) : 0 }
  if (paper.pageNumbers === 'dashes' || paper.pageNumbers === 'dashes-from-second') {
    return [
      new Paragraph({
        alignment: odd ? AlignmentType.RIGHT : AlignmentType.LEFT,
        indent: odd ? { right: twips(14) } : { left: twips(14) },
        spacing,
        children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], size: size.no4 * 2, font: face })],
      }),
    ]
  }
  if (paper.pageNumbers === 'none') return []
  const number = new TextRun({
    children: ['第', PageNumber.CURRENT, '页　共', PageNumber.TOTAL_PAGES, '页'],
    size: size.no5 * 2,
    font: face,
  })
  if (paper.pageSignature === null)
    return [new Paragraph({ alignment: AlignmentType.CENTER, spacing, children: [number] })]
  return [
    new Paragraph({
      spacing,
      tabStops: [{ type: TabStopType.RIGHT, position: twips(frameOf(paper).areaWidth) - twips(14) }],
      children: [
        textRun(paper.pageSignature, 'fangsong', size.small4),
        new TextRun({ text: '　'.repeat(8), size: size.small4 * 2, underline: { type: 'single' } }),
        new TextRun({ children: [new Tab()] }),
        number,
      ],
    }),
  ]
}

function anchorLine(paper: Paper): Paragraph[] {
  if (paper.anchor === null) return []
  return [
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: exactly(twips(14)),
      children: [textRun(paper.anchor, 'songti', size.small5)],
    }),
  ]
}

function body(paper: Paper, book: FontBook): Part[] {
  const parts = paper.blocks.flatMap((block, index) => {
    // A page never bears a signature alone.
    const keep = block.kind === 'paragraph' && paper.blocks[index + 1]?.kind === 'signature'
    if (keep) return blockParts({ ...block, keepNext: true }, paper, book)
    if (block.kind === 'signLine') return [signLine(block, paper.blocks[index + 1]?.kind === 'signLine')]
    return blockParts(block, paper, book)
  })
  const last = parts.pop()
  const end = last === undefined ? [] : [last]
  // A frame hangs on the paragraph after it: before the last line it stands on the last page.
  return [...opening(paper), ...parts, ...copyParts(paper), ...end]
}

/** 份号 and 密级 at the left; in a letter the number stands at the right edge of the first of these lines (§10.1). */
function opening(paper: Paper): Paragraph[] {
  const marks = paper.mark
    ? [
        ...(paper.mark.copyNumber === null ? [] : [textRun(paper.mark.copyNumber, 'fangsong')]),
        textRun(paper.mark.text, 'heiti'),
      ]
    : []
  if (!paper.letterhead) return marks.map((mark) => gridParagraph([mark]))
  const [first, ...rest] = marks
  const number = textRun(paper.letterhead.number, 'fangsong')
  const edge = twips(area.width)
  return [
    gridParagraph([...(first ? [first] : []), new TextRun({ children: [new Tab()] }), number], {
      tabStops: [{ type: TabStopType.RIGHT, position: edge }],
      spacing: { ...exactly(), before: twips(letterTop(paper.letterhead.organ) - area.top) },
    }),
    ...rest.map((mark) => gridParagraph([mark])),
  ]
}

function blockParts(block: Block, paper: Paper, book: FontBook): Part[] {
  switch (block.kind) {
    case 'paragraph':
      return [paragraphPart(block)]
    case 'heading':
      return [
        gridParagraph([textRun(block.text, headingFace[block.level])], {
          heading: headings[block.level],
          keepNext: true,
          indent: { firstLine: 2 * cellTwips },
        }),
      ]
    case 'title':
      return [
        ...blankParts(block.blankBefore),
        new Paragraph({
          heading: WordHeading.TITLE,
          alignment: AlignmentType.CENTER,
          spacing: { ...exactly(), after: block.blankAfter > 0 ? 0 : twips(titleClearance) },
          children: titleLines(block, book, frameOf(paper).areaWidth).map((text, index) => titleRun(text, index > 0)),
        }),
        ...blankParts(block.blankAfter),
      ]
    case 'blank':
      return blankParts(block.lines)
    case 'signature':
      return signatureParts(block)
    case 'signLine':
      return [signLine(block, false)]
    case 'table':
      // Word demands a paragraph after a table; a hair of one keeps the sheet's number.
      return [tableOf(block), new Paragraph({ spacing: exactly(20), children: [] })]
  }
}

const headings = {
  1: WordHeading.HEADING_1,
  2: WordHeading.HEADING_2,
  3: WordHeading.HEADING_3,
  4: WordHeading.HEADING_4,
} as const

const blankParts = (lines: number, keepNext = false): Paragraph[] =>
  Array.from({ length: Math.ceil(lines) }, (_, index) =>
    gridParagraph([], { keepNext, spacing: exactly(Math.round(word.pitch * Math.min(1, lines - index))) }),
  )

function titleRun(text: string, newLine: boolean): TextRun {
  const name = faces.xiaobiaosong
  return new TextRun({
    text,
    size: size.no2 * 2,
    font: { ascii: name, hAnsi: name, eastAsia: name, cs: name, hint: 'eastAsia' },
    ...(newLine ? { break: 1 } : {}),
  })
}

function paragraphPart(block: ParagraphBlock): Paragraph {
  const label = block.runs[0]?.text ?? ''
  const hang = block.hang === 'label' ? block.first + gridWidth(label) : block.hang
  const left = Math.round(hang * cellTwips)
  const first = Math.round((block.first - hang) * cellTwips)
  const alignment = { left: AlignmentType.BOTH, center: AlignmentType.CENTER, right: AlignmentType.RIGHT }[block.align]
  if (block.small)
    return gridParagraph(
      block.runs.map((one) => textRun(one.text, one.face, size.small4)),
      { spacing: exactly(twips(smallPitch)), keepNext: block.keepNext },
    )
  return gridParagraph(runsOf(block.runs), {
    alignment,
    keepNext: block.keepNext,
    indent: {
      left,
      right: block.right * cellTwips,
      ...(first < 0 ? { hanging: -first } : { firstLine: first }),
    },
  })
}

/** The same places as on the PDF, expressed as distances from the right edge. */
function signatureParts(block: SignatureBlock): Paragraph[] {
  const organ = gridWidth(block.organ)
  const date = gridWidth(block.date)
  const dateRight = block.sealed ? signature.dateInsetSealed : signature.organInsetPlain
  const organRight = block.sealed
    ? Math.max(0, dateRight + (date - organ) / 2)
    : Math.max(signature.organInsetPlain, signature.organInsetPlain + date + 2 - organ)
  const line = (text: string, right: number, keepNext: boolean): Paragraph =>
    gridParagraph([textRun(text, 'fangsong')], {
      alignment: AlignmentType.RIGHT,
      keepNext,
      indent: { right: Math.round(right * cellTwips) },
    })
  const before = block.sealed ? signature.blankLinesSealed : signature.blankLinesPlain
  return [...blankParts(before, true), line(block.organ, organRight, true), line(block.date, dateRight, false)]
}

/** 抄送 at the foot of the 版心 of the last page: a frame aligned with its lower edge. */
function copyParts(paper: Paper): Paragraph[] {
  if (paper.copies.length === 0) return []
  const inset = twips(copies.inset)
  const label = 3 * twips(copies.size)
  return [
    new Paragraph({
      spacing: exactly(twips(copies.pitch)),
      indent: { left: inset + label, hanging: label, right: inset },
      frame: {
        type: 'alignment',
        alignment: { x: HorizontalPositionAlign.LEFT, y: VerticalPositionAlign.BOTTOM },
        anchor: { horizontal: FrameAnchorType.MARGIN, vertical: FrameAnchorType.MARGIN },
        width: twips(area.width),
        wrap: FrameWrap.AROUND,
      },
      children: [textRun(`抄送：${copiesText(paper.copies)}`, 'fangsong', copies.size)],
    }),
  ]
}
