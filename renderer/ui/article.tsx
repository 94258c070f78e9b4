import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { articleParagraphs, shippedProfile } from '#shared/rules/profile.ts'

interface Shelf {
  readonly open: number | null
  readonly show: (article: number | null) => void
}

const ShelfContext = createContext<Shelf>({ open: null, show: () => {} })

/** Holds which article lies beside the work. */
export function ArticleShelf({ children }: { children: ReactNode }) {
  const [open, show] = useState<number | null>(null)
  const shelf = useMemo(() => ({ open, show }), [open])
  return <ShelfContext value={shelf}>{children}</ShelfContext>
}

const numerals = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九']

/** `第二十二条`: numbers of articles as the Rules write them (1–99). */
export function articleName(article: number): string {
  const tens = Math.floor(article / 10)
  const ones = numerals[article % 10] ?? ''
  const front = tens === 0 ? '' : `${tens === 1 ? '' : numerals[tens]}十`
  return `第${front}${ones}条`
}

/** 依据 chip: opens the text of the article beside the work, never over it (UX principle 4). */
export function ArticleChip({ article, small }: { article: number; small?: boolean }) {
  const { open, show } = useContext(ShelfContext)
  return (
    <button
      type="button"
      className={small === true ? 'y-chip y-chip-small' : 'y-chip'}
      aria-label={`依据${articleName(article)}`}
      aria-pressed={open === article}
      onClick={() => show(open === article ? null : article)}
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
  return (
    <aside className="y-article" aria-label={`条款 ${articleName(open)}`}>
      <header>
        <h2>{articleName(open)}</h2>
        <button type="button" className="y-quiet-button" onClick={() => show(null)} aria-label="收起条款">
          收起
        </button>
      </header>
      {articleParagraphs(shippedProfile, open).map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      <footer>
        《{shippedProfile.name}》（{shippedProfile.document}）
      </footer>
    </aside>
  )
}
