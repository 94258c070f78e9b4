import { Button } from 'antd'
import { useRef } from 'react'
import { shell } from '../app/client.ts'
import { Field } from './field.tsx'
import { type TextHandle, TextLine } from './text-block.tsx'

interface Props {
  readonly label: string
  readonly onChange: (path: string) => void
  readonly hint?: string
  readonly required?: boolean
  /** Extensions of the one existing file that is asked for; left out when a folder is. */
  readonly extensions?: readonly string[]
}

/** A path on this machine, typed or chosen in the system's dialog. */
export function PathField({ label, onChange, hint, required, extensions }: Props) {
  const handle = useRef<TextHandle>(null)
  const choose = async () => {
    const chosen =
      extensions === undefined ? await shell().chooseFolder(label) : await shell().chooseFile(label, extensions)
    if (chosen !== null) handle.current?.set(chosen)
  }
  return (
    <Field label={label} required={required ?? false} hint={hint}>
      {(control) => (
        <div className="y-with-button">
          <TextLine {...control} handle={handle} onText={(value) => onChange(value.trim())} />
          <Button onClick={() => void choose()}>{extensions === undefined ? '选择文件夹' : '选择文件'}</Button>
        </div>
      )}
    </Field>
  )
}
