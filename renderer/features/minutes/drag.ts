/** What a drag over the minutes carries: a paragraph of them, or a line of the record. */
export const dragTypes = { sentence: 'application/x-yuetan-sentence', line: 'application/x-yuetan-line' } as const
