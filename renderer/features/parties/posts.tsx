import { Button } from 'antd'
import { useState } from 'react'
import { dayInChina, officialDay } from '#shared/domain/common.ts'
import { holdsOn, type Post } from '#shared/domain/parties.ts'
import { useAct, useCall } from '../../app/use-call.ts'
import { DayField } from '../../ui/day-field.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { Light } from '../../ui/lights.tsx'
import { Panel } from '../../ui/page.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { MergePeople } from './merge-people.tsx'
import { text } from './text.ts'

const nullable = (day: string): string | null => (day === '' ? null : day)

/** Who held which post from when to when; a post is entered once and ended by its day, never removed. */
export function Posts({
  enterpriseId,
  posts,
  mayWrite,
  mayMerge,
}: {
  enterpriseId: string
  posts: readonly Post[]
  mayWrite: boolean
  mayMerge: boolean
}) {
  const [editing, setEditing] = useState<string | null>(null)
  const [merging, setMerging] = useState<Post | null>(null)
  const several = new Set(posts.map((one) => one.personId)).size > 1
  const today = dayInChina(new Date().toISOString())
  return (
    <Panel title={text.posts}>
      {posts.length === 0 ? (
        <p className="y-quiet">{text.postsEmpty}</p>
      ) : (
        <table className="y-table">
          <thead>
            <tr>
              <th>{text.person}</th>
              <th>{text.post}</th>
              <th>{text.from}</th>
              <th>{text.until}</th>
              {mayWrite && <th aria-label="办理" />}
            </tr>
          </thead>
          <tbody>
            {posts.map((one) => (
              <tr key={one.id}>
                <td>{one.personName}</td>
                <td>
                  {one.title} {holdsOn(one, today) && <Light tone="green">{text.now}</Light>}
                </td>
                <td>
                  {one.since === null ? <span className="y-quiet">{text.unknownStart}</span> : officialDay(one.since)}
                </td>
                <td>{one.until === null ? <span className="y-quiet">{text.to}</span> : officialDay(one.until)}</td>
                {mayWrite && (
                  <td>
                    <button
                      type="button"
                      className="y-quiet-button"
                      aria-label={`${text.endPost}：${one.personName}${one.title}`}
                      aria-expanded={editing === one.id}
                      onClick={() => setEditing(editing === one.id ? null : one.id)}
                    >
                      {text.endPost}
                    </button>
                    {mayMerge && several && (
                      <button
                        type="button"
                        className="y-quiet-button"
                        aria-label={`${text.mergePerson}：${one.personName}${one.title}`}
                        onClick={() => setMerging(one)}
                      >
                        {text.mergePerson}
                      </button>
                    )}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {posts
        .filter((one) => one.id === editing)
        .map((one) => (
          <Term key={one.id} post={one} onDone={() => setEditing(null)} />
        ))}
      {mayWrite && <NewPost enterpriseId={enterpriseId} posts={posts} />}
      <Holders enterpriseId={enterpriseId} />
      {merging !== null && <MergePeople post={merging} posts={posts} onDone={() => setMerging(null)} />}
    </Panel>
  )
}

function Term({ post, onDone }: { post: Post; onDone: () => void }) {
  const act = useAct()
  const [since, setSince] = useState(post.since ?? '')
  const [until, setUntil] = useState(post.until ?? '')
  const save = async () => {
    const { id: postId, personId, enterpriseId, title } = post
    const term = { title, since: nullable(since), until: nullable(until) }
    if ((await act.run('parties.savePost', { postId, personId, enterpriseId, post: term })) !== null) onDone()
  }
  return (
    <section className="party-form" aria-label={`${text.endPost}：${post.personName}${post.title}`}>
      <strong>
        {post.personName}　{post.title}
      </strong>
      <div className="y-grid-2">
        <DayField label={text.from} value={since} onChange={setSince} />
        <DayField label={text.until} value={until} onChange={setUntil} />
      </div>
      <ErrorNote failure={act.failure} />
      <Button disabled={act.busy} onClick={() => void save()}>
        {text.savePost}
      </Button>
    </section>
  )
}

/** A person of the same name in this enterprise gets a further post; anybody else is registered. */
function NewPost({ enterpriseId, posts }: { enterpriseId: string; posts: readonly Post[] }) {
  const act = useAct()
  const [round, setRound] = useState(0)
  const [form, setForm] = useState({ name: '', title: '', since: '', until: '' })
  const put = (field: keyof typeof form) => (value: string) => setForm((before) => ({ ...before, [field]: value }))
  const save = async () => {
    const { name, title } = form
    const [since, until] = [nullable(form.since), nullable(form.until)]
    const known = posts.find((one) => one.personName === name.trim())
    const done = known
      ? await act.run('parties.savePost', {
          postId: null,
          personId: known.personId,
          enterpriseId,
          post: { title, since, until },
        })
      : await act.run('parties.createPerson', { enterpriseId, name, title, since, until })
    if (done === null) return
    setForm({ name: '', title: '', since: '', until: '' })
    setRound((n) => n + 1)
  }
  return (
    <section className="party-form" key={round} aria-label={text.addPost}>
      <div className="party-four">
        <Field label={text.person}>{(control) => <TextLine {...control} onText={put('name')} />}</Field>
        <Field label={text.post}>{(control) => <TextLine {...control} onText={put('title')} />}</Field>
        <DayField label={text.from} value="" onChange={put('since')} />
        <DayField label={text.until} value="" onChange={put('until')} />
      </div>
      <ErrorNote failure={act.failure} />
      <Button disabled={act.busy || form.name.trim() === '' || form.title.trim() === ''} onClick={() => void save()}>
        {text.addPost}
      </Button>
    </section>
  )
}

function Holders({ enterpriseId }: { enterpriseId: string }) {
  const [on, setOn] = useState('')
  const found = useCall('parties.holders', on === '' ? null : { enterpriseIds: [enterpriseId], on })
  return (
    <section className="party-form" aria-label={text.holders}>
      <div className="party-day">
        <DayField label={text.holders} value="" onChange={setOn} />
        {on !== '' && found.data !== null && (
          <p>
            <strong>{text.holdersOf(officialDay(on))}</strong>　
            {found.data.length === 0
              ? text.nobody
              : found.data.map((one) => `${one.personName}（${one.title}）`).join('、')}
          </p>
        )}
      </div>
      <ErrorNote failure={found.failure} />
    </section>
  )
}
