import type { ReactNode } from 'react'
import { heldByUnread } from './field.tsx'

interface PageProps {
  /** What and whose: the title line. */
  readonly title: ReactNode
  /** Level, state and other facts beside the title. */
  readonly meta?: ReactNode
  /** Above the body, full width: the stage rail, the tabs. */
  readonly rail?: ReactNode
  /** Beside the body: article, preview, history. */
  readonly aside?: ReactNode
  /** Quiet acts, at the left of the action line. */
  readonly actions?: ReactNode
  /** What was refused or what is owed; stands just above the action line. */
  readonly note?: ReactNode
  /** The one filled button; always bottom right (UX principle 1). */
  readonly primary?: ReactNode
  /** The body scrolls by itself inside its parts (paper beside form). */
  readonly split?: boolean
  /** The children bring their own body and action line (tabs). */
  readonly bare?: boolean
  readonly children: ReactNode
}

/** What a condition left out is as good as never given: no empty bar stands for it. */
const isThere = (part: ReactNode): boolean => part !== undefined && part !== null && part !== false

/** Title line, body, action line: the same places on every screen. */
export function Page({ title, meta, rail, aside, actions, note, primary, split, bare, children }: PageProps) {
  const line = isThere(actions) || isThere(primary)
  return (
    <div className="y-page">
      <header className="y-page-title">
        <h1>{title}</h1>
        <div className="y-page-meta">{meta}</div>
      </header>
      {rail}
      <div className="y-page-middle">
        {bare === true ? (
          children
        ) : (
          <div className={split === true ? 'y-page-body y-page-split' : 'y-page-body'}>{children}</div>
        )}
        {aside}
      </div>
      {note}
      {line && <ActionLine actions={actions} primary={primary} />}
    </div>
  )
}

/** The action line of a page or of a tab: quiet acts left, the one filled button bottom right. */
export function ActionLine({ actions, primary }: { actions?: ReactNode; primary?: ReactNode }) {
  return (
    <footer className="y-actions" onClickCapture={heldByUnread}>
      <div className="y-actions-quiet">{actions}</div>
      <div className="y-actions-primary">{primary}</div>
    </footer>
  )
}

/** A titled part of a page. */
export function Panel({
  title,
  extra,
  children,
  className,
}: {
  title: string
  extra?: ReactNode
  children: ReactNode
  className?: string
}) {
  return (
    <section className={`y-panel ${className ?? ''}`} aria-label={title}>
      <header className="y-panel-title">
        <h2>{title}</h2>
        <div className="y-panel-extra">{extra}</div>
      </header>
      {children}
    </section>
  )
}

/** What belongs here, the article, the first action (UX principle 9). */
export function EmptyState({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="y-empty">
      <p className="y-empty-title">{title}</p>
      {children !== undefined && <div className="y-empty-text">{children}</div>}
      {action}
    </div>
  )
}

/** Stands where nothing has been drawn yet and there is nothing older to keep; says so to those who wait for it. */
export function Waiting() {
  return <div className="y-page" aria-busy="true" />
}

/** A key beside the action it belongs to; faint, never read aloud twice. */
export function KeyHint({ keys }: { keys: string }) {
  if (keys === '') return null
  return (
    <span className="y-key" aria-hidden="true">
      {keys}
    </span>
  )
}

/** Label and value in pairs, for facts that are read, not typed. */
export function Facts({ items }: { items: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="y-facts">
      {items.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Body and action line of a tab; the title and the rail are the page's. */
export function TabPage({
  note,
  actions,
  primary,
  split,
  children,
}: Pick<PageProps, 'note' | 'actions' | 'primary' | 'split' | 'children'>) {
  const line = isThere(actions) || isThere(primary)
  return (
    <div className="y-tab">
      <div className={split === true ? 'y-page-body y-page-split' : 'y-page-body'}>{children}</div>
      {note}
      {line && <ActionLine actions={actions} primary={primary} />}
    </div>
  )
}
