import type { VerbOutput } from '#shared/contract/bridge.ts'
import { useCall } from '../../app/use-call.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Light } from '../../ui/lights.tsx'
import { Facts, Page, Panel, Waiting } from '../../ui/page.tsx'
import { settingsText } from './text.ts'

const text = settingsText.fonts

type Line = VerbOutput<'papers.fonts'>[number]

/** 字体: each face the papers need, what prints it here, and what replaces it (DESIGN §7: never silent). */
export function FontsRoom() {
  const found = useCall('papers.fonts', {})
  return (
    <Page title={text.title}>
      <p className="y-quiet">{text.why}</p>
      <ErrorNote failure={found.failure} />
      {found.data === null && found.failure === null && <Waiting />}
      {found.data?.map((line) => (
        <Face key={line.role} line={line} />
      ))}
      <p className="y-quiet">{text.install}</p>
    </Page>
  )
}

function Face({ line }: { line: Line }) {
  const facts: readonly (readonly [name: string, value: string])[] = [
    [text.used, line.used],
    [text.file, line.file],
    [text.licence, line.licence === '' ? text.noLicence : line.licence],
    [text.coverage, text.hanzi(line.hanzi, line.hanziOf)],
    [text.lacking, line.lacking === '' ? text.nothingLacking : line.lacking],
    ...(line.instead.length === 0 ? [] : [[text.instead, line.instead.join('、')] as const]),
    ...(line.missing === '' ? [] : [[text.missing, line.missing] as const]),
  ]
  return (
    <Panel
      title={text.roles[line.role]}
      extra={<Light tone={line.genuine ? 'green' : 'amber'}>{line.genuine ? text.genuine : text.substitute}</Light>}
    >
      <Facts items={facts} />
    </Panel>
  )
}
