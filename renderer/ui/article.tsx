import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { articleName } from '#shared/domain/common.ts'
import { articleParagraphs, type RuleProfile } from '#shared/rules/profile.ts'
import { useRules } from '../app/rules.tsx'

/** An article of the rules it was asked under: a case shows its own, not those of today. */
interface Lying {
  readonly rules: RuleProfile
  readonly article: number
}

interface Shelf {
  readonly open: Lying | null
  readonly show: (article: Lying | null) => void
}

const ShelfContext = createContext<Shelf>({ open: null, show: () => {} })

/** Holds which article lies beside the work. */
export function ArticleShelf({ children }: { children: ReactNode }) {
  const [open, show] = useState<Lying | null>(null)
  const shelf = useMemo(() => ({ open, show }), [open])
  return <ShelfContext value={shelf}>{children}</ShelfContext>
}

/** 依据 chip: opens the text of the article beside the work, never over it (UX principle 4). */
export function ArticleChip({ article, small }: { article: number; small?: boolean }) {
  const { open, show } = useContext(ShelfContext)
  const rules = useRules()
  const lies = open !== null && open.article === article && open.rules === rules
  return (
    <button
      type="button"
      className={small === true ? 'y-chip y-chip-small' : 'y-chip'}
      aria-label={`依据${articleName(article)}`}
      aria-pressed={lies}
      onClick={() => show(lies ? null : { rules, article })}
    >
      {small === true ? '' : '依据'}
      {articleName(article)}
    </button>
  )
}

/** The text of the open article, at the right of the work area. */
export function ArticlePanel() {
  const { open, show } = useContext(ShelfContext)
  if (open === null) return null
  const { rules, article } = open
  return (
    <aside className="y-article" aria-label={`条款 ${articleName(article)}`}>
      <header>
        <h2>{articleName(article)}</h2>
        <button type="button" className="y-quiet-button" onClick={() => show(null)} aria-label="收起条款">
          收起
        </button>
      </header>
      {articleParagraphs(rules, article).map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      <footer>
        《{rules.name}》（{rules.document}）
      </footer>
    </aside>
  )
}
