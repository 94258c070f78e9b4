import { memo, useEffect, useState } from 'react'
import { clockInChina } from '#shared/domain/common.ts'
import type { LiveRecord } from './live-record.ts'
import { text } from './text.ts'
import { usePart } from './use-record.ts'

/**
 * Green with the time of the last durable write; amber after one second, or while the database refuses and the reserved
 * space takes everything; red with words while only memory does. Word and shape, not colour alone.
 */
export const DiskLight = memo(function DiskLight({ record }: { record: LiveRecord }) {
  const disk = usePart(record, (snapshot) => snapshot.disk)
  const waiting = usePart(record, (snapshot) => snapshot.lines.reduce((n, line) => n + (line.confirmed ? 0 : 1), 0))
  const late = useLate(disk.state === 'pending')
  if (disk.state === 'refused')
    return (
      <span className="disk disk-red disk-banner" role="alert">
        ■ {text.disk.refused(waiting)} <small>{disk.failure?.code}</small>
      </span>
    )
  if (disk.failure !== null && !late)
    return (
      <span className="disk disk-amber disk-banner" role="status" data-state={disk.state}>
        ▲ {text.disk.reserved(waiting)} <small>{disk.failure.code}</small>
      </span>
    )
  if (disk.state === 'pending' && late)
    return (
      <span className="disk disk-amber" role="status">
        ▲ {text.disk.late}
      </span>
    )
  return (
    <span className="disk disk-green" role="status" data-state={disk.state}>
      {disk.state === 'pending'
        ? `○ ${text.disk.pending}`
        : `● ${text.disk.durable(disk.at === '' ? '' : clockInChina(disk.at))}`}
    </span>
  )
})

/** True once a state has lasted longer than the promised second. */
function useLate(pending: boolean): boolean {
  const [late, setLate] = useState(false)
  useEffect(() => {
    setLate(false)
    if (!pending) return
    const timer = setTimeout(() => setLate(true), 1_000)
    return () => clearTimeout(timer)
  }, [pending])
  return late
}
