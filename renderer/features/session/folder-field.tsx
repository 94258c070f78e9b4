import { Button } from 'antd'
import { useRef } from 'react'
import { shell } from '../../app/client.ts'
import { Field } from '../../ui/field.tsx'
import { type TextHandle, TextLine } from '../../ui/text-block.tsx'

/** A folder, typed or chosen in the system's dialog. */
export function FolderField({ label, onChange }: { label: string; onChange: (folder: string) => void }) {
  const handle = useRef<TextHandle>(null)
  const choose = async () => {
    const folder = await shell().chooseFolder(label)
    if (folder !== null) handle.current?.set(folder)
  }
  return (
    <Field label={label} required hint="选一个空文件夹或新文件夹的位置；不要放在会自动同步到网络的地方">
      {(control) => (
        <div className="y-with-button">
          <TextLine {...control} handle={handle} onText={(value) => onChange(value.trim())} />
          <Button onClick={choose}>选择文件夹</Button>
        </div>
      )}
    </Field>
  )
}
