import { type FaceRole, faces, headingFace, size, word } from './gbt9704.ts'

/**
 * `word/styles.xml`, written here because the library can neither switch off the blank between Chinese and Latin text
 * (`autoSpaceDE`) nor keep the order the schema asks for. What is typed into the paper later takes the grid from 正文.
 */
export function stylesXml(): string {
  const heading = (level: 1 | 2 | 3 | 4): string =>
    style('paragraph', `Heading${level}`, `heading ${level}`, {
      pPr: `<w:keepNext/><w:outlineLvl w:val="${level - 1}"/>`,
      rPr: runProperties(headingFace[level], size.no3),
      next: 'Normal',
    })
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
    '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">' +
    `<w:docDefaults><w:rPrDefault><w:rPr>${runProperties('fangsong', size.no3)}` +
    '<w:lang w:val="zh-CN" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>' +
    `<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="${word.pitch}" w:lineRule="exact"/></w:pPr></w:pPrDefault></w:docDefaults>` +
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>' +
    // In the style, not in the defaults: LibreOffice reads it only here.
    '<w:pPr><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/></w:pPr></w:style>' +
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>' +
    '<w:uiPriority w:val="1"/><w:semiHidden/></w:style>' +
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>' +
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>' +
    style('paragraph', 'Title', 'Title', {
      // Larger than the grid's text: on it, LibreOffice would give a title two lines.
      pPr: '<w:keepNext/><w:snapToGrid w:val="0"/><w:jc w:val="center"/>',
      rPr: runProperties('xiaobiaosong', size.no2),
      next: 'Normal',
    }) +
    ([1, 2, 3, 4] as const).map(heading).join('') +
    '</w:styles>'
  )
}

function runProperties(role: FaceRole, points: number): string {
  const name = faces[role]
  const spacing = points === size.no3 ? `<w:spacing w:val="${word.spacing}"/>` : ''
  return (
    `<w:rFonts w:hint="eastAsia" w:ascii="${name}" w:hAnsi="${name}" w:eastAsia="${name}" w:cs="${name}"/>` +
    `<w:b w:val="0"/><w:i w:val="0"/><w:color w:val="000000"/>${spacing}<w:sz w:val="${points * 2}"/><w:szCs w:val="${points * 2}"/>`
  )
}

function style(
  type: 'paragraph',
  id: string,
  name: string,
  parts: { readonly pPr: string; readonly rPr: string; readonly next: string },
): string {
  return (
    `<w:style w:type="${type}" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/>` +
    `<w:next w:val="${parts.next}"/><w:uiPriority w:val="9"/><w:qFormat/>` +
    `<w:pPr>${parts.pPr}</w:pPr><w:rPr>${parts.rPr}</w:rPr></w:style>`
  )
}
