/**
 * Works through a list two at a time, answers in the list's order: for key derivations, which take 128 MiB and a core
 * each. The first error ends it once the other one of its pair is over.
 */
export async function inPairs<Item, Answer>(
  list: readonly Item[],
  work: (item: Item) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = []
  for (let from = 0; from < list.length; from += 2) {
    const pair = await Promise.allSettled(list.slice(from, from + 2).map(work))
    for (const one of pair) {
      if (one.status === 'rejected') throw one.reason
      answers.push(one.value)
    }
  }
  return answers
}
