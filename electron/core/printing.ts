import type { PrintOutcome } from '#shared/domain/copies.ts'
import type { FromCore, Sheets, ToCore } from '../shell/wire.ts'

/** The printers of this machine, as far as the core knows of them: the shell holds them. */
export interface Printing {
  /** Names the system gives them; empty where the shell cannot print. */
  names(): Promise<readonly string[]>
  /** Prints one set of sheets; always answers. */
  print(sheets: Sheets): Promise<PrintOutcome>
}

/** A core without a shell that prints: at a desk without a window, in the preview. */
export const noPrinting: Printing = { names: async () => [], print: async () => 'noPrinter' }

/** Longest time the shell may take to name the printers, and to draw and print a paper, in ms. */
const nameLimit = 10_000
const printLimit = 300_000

/** Asks the shell; `heard` takes its answers, `abandon` ends every wait, as a lock does. */
export function printingThrough(
  send: (message: FromCore) => void,
): Printing & { heard(message: ToCore): void; abandon(): void } {
  let asked = 0
  const names = new Map<number, (names: readonly string[]) => void>()
  const prints = new Map<number, (outcome: PrintOutcome) => void>()

  function ask<T>(waiting: Map<number, (answer: T) => void>, limit: number, late: T, put: (ask: number) => void) {
    asked += 1
    const own = asked
    return new Promise<T>((resolve) => {
      const timer = setTimeout(() => settle(late), limit)
      const settle = (answer: T): void => {
        clearTimeout(timer)
        waiting.delete(own)
        resolve(answer)
      }
      waiting.set(own, settle)
      put(own)
    })
  }

  return {
    names: () => ask<readonly string[]>(names, nameLimit, [], (own) => send({ kind: 'printers', ask: own })),
    print: (sheets) => ask(prints, printLimit, 'unsure', (own) => send({ kind: 'print', ask: own, ...sheets })),
    heard: (message) => {
      if (message.kind === 'printers') names.get(message.ask)?.(message.names)
      else if (message.kind === 'printed') prints.get(message.ask)?.(message.outcome)
    },
    abandon: () => {
      for (const settle of [...names.values()]) settle([])
      for (const settle of [...prints.values()]) settle('unsure')
    },
  }
}
