/** What a failed verb carries across the wire: a code with parameters. The Chinese words are the window's. */
export interface Failure {
  readonly code: string
  readonly params: Readonly<Record<string, string | number | boolean>>
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Failure }

/** An expected failure inside the core; the door turns it into a `Failure`. Parameters never hold secrets or case text. */
export class YuetanError extends Error {
  readonly code: string
  readonly params: Failure['params']

  constructor(code: string, params: Failure['params'] = {}, options?: ErrorOptions) {
    super(code, options)
    this.name = 'YuetanError'
    this.code = code
    this.params = params
  }
}

/** Stops the current act with a code the window can explain. */
export function fail(code: string, params: Failure['params'] = {}): never {
  throw new YuetanError(code, params)
}
