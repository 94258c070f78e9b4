import { Button } from 'antd'
import { useState } from 'react'
import type { Enterprise } from '#shared/domain/parties.ts'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { EmptyState, Facts, Page, Panel } from '../../ui/page.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { EnterpriseForm } from './enterprise-form.tsx'

/** 企业与人员: the register every case draws from. */
export function PartiesRoom() {
  const session = useSession()
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState<Enterprise | null>(null)
  const [making, setMaking] = useState(false)
  const found = useCall('parties.search', { query })
  const mayWrite = session.may('caseOfficer', 'officeHead', 'accountabilityOffice')
  return (
    <Page
      title="企业与人员"
      meta={<ArticleChip article={7} />}
      note={<ErrorNote failure={found.failure} />}
      {...(mayWrite
        ? {
            primary: (
              <Button type="primary" onClick={() => setMaking(!making)}>
                登记新企业
              </Button>
            ),
          }
        : {})}
    >
      <div className="y-two">
        <div>
          {making && (
            <Panel title="新企业">
              <EnterpriseForm
                initialName=""
                onMade={(made) => {
                  setChosen(made)
                  setMaking(false)
                }}
              />
            </Panel>
          )}
          <Panel title="企业">
            <TextLine
              label="查找企业"
              placeholder="全称、简称、代码或拼音首字母"
              onText={(text) => setQuery(text.trim())}
            />
            {found.data?.length === 0 ? (
              <EmptyState title={query === '' ? '还没有登记企业' : '没有找到'}>
                市属国有重点企业及其所属企业在这里登记一次，立项时直接选用（第七条）。
              </EmptyState>
            ) : (
              <table className="y-table">
                <thead>
                  <tr>
                    <th>全称</th>
                    <th>简称</th>
                    <th>统一社会信用代码</th>
                  </tr>
                </thead>
                <tbody>
                  {found.data?.map((one) => (
                    <tr key={one.id}>
                      <td>
                        <button type="button" className="y-row-link" onClick={() => setChosen(one)}>
                          {one.name}
                        </button>
                      </td>
                      <td>{one.shortName}</td>
                      <td>{one.code}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </Panel>
        </div>
        {chosen === null ? (
          <EmptyState title="选一家企业，查看其人员" />
        ) : (
          <People
            key={chosen.id}
            enterprise={chosen}
            mayWrite={session.may('caseOfficer', 'officeHead', 'minuteTaker', 'accountabilityOffice')}
          />
        )}
      </div>
    </Page>
  )
}

function People({ enterprise, mayWrite }: { enterprise: Enterprise; mayWrite: boolean }) {
  const act = useAct()
  const people = useCall('parties.people', { enterpriseId: enterprise.id })
  const [round, setRound] = useState(0)
  const [form, setForm] = useState({ name: '', title: '' })
  const add = async () => {
    const made = await act.run('parties.createPerson', { enterpriseId: enterprise.id, ...form })
    if (made === null) return
    setForm({ name: '', title: '' })
    setRound((n) => n + 1)
  }
  return (
    <Panel title={enterprise.shortName || enterprise.name}>
      <Facts items={(people.data ?? []).map((one) => [one.name, one.title || '—'] as const)} />
      {people.data?.length === 0 && <p className="y-quiet">还没有登记人员。</p>}
      {mayWrite && (
        <div key={round}>
          <Field label="人员姓名">
            {(control) => <TextLine {...control} onText={(name) => setForm((before) => ({ ...before, name }))} />}
          </Field>
          <Field label="现任职务">
            {(control) => <TextLine {...control} onText={(title) => setForm((before) => ({ ...before, title }))} />}
          </Field>
          <ErrorNote failure={act.failure} />
          <Button onClick={add} disabled={act.busy || form.name.trim() === ''}>
            登记人员
          </Button>
        </div>
      )}
    </Panel>
  )
}
