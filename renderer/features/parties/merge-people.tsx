import { Button } from 'antd'
import { useState } from 'react'
import type { Post } from '#shared/domain/parties.ts'
import { useAct } from '../../app/use-call.ts'
import { OneOf } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field, FieldGroup } from '../../ui/field.tsx'
import { TextBlock } from '../../ui/text-block.tsx'
import { text } from './text.ts'

/** Two entries of one person in the same enterprise: the posts of both stand under the one that remains. */
export function MergePeople({ post, posts, onDone }: { post: Post; posts: readonly Post[]; onDone: () => void }) {
  const act = useAct()
  const [into, setInto] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const others = [...Map.groupBy(posts, (one) => one.personId)].filter(([id]) => id !== post.personId)
  const merge = async () => {
    if (into === null) return
    const one = { kind: 'person', fromId: post.personId, intoId: into, reason } as const
    if ((await act.run('parties.merge', one)) !== null) onDone()
  }
  return (
    <Dialog
      title={text.mergeTitle(post.personName)}
      onCancel={onDone}
      footer={
        <>
          <Button onClick={onDone}>{text.cancel}</Button>
          <Button
            type="primary"
            disabled={act.busy || into === null || reason.trim() === ''}
            onClick={() => void merge()}
          >
            {text.confirmMerge}
          </Button>
        </>
      }
    >
      <FieldGroup label={text.mergeIntoPerson} required hint={text.mergePersonHint}>
        <OneOf
          column
          options={others.map(([id, held]) => ({
            value: id,
            text: `${held[0]?.personName ?? ''}（${held.map((one) => one.title).join('、')}）`,
          }))}
          value={into}
          onChange={setInto}
        />
      </FieldGroup>
      <Field label={text.mergeReason} required>
        {(control) => <TextBlock {...control} maxLength={500} onText={setReason} />}
      </Field>
      <ErrorNote failure={act.failure} />
    </Dialog>
  )
}
