/** What the page of sheets is given, and what it says: nothing of a case, nothing of a ticket. */
export interface PrintBridge {
  /** The paper to be drawn, and what is laid faint over its pages. */
  sheets(): Promise<{ readonly pdf: Uint8Array; readonly watermark: string | null }>
  /** Everything is drawn, so many pages; null when the paper cannot be. */
  drawn(value: { readonly pages: number; readonly landscape: boolean } | null): void
}
