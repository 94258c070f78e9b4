/** Stands in the built pages where a nonce belongs; the protocol handler writes a fresh one at every load. */
export const noncePlaceholder = '__CSP_NONCE__'

/**
 * The policy of both windows: nothing by default, scripts and styles by nonce, workers and data from our own host.
 * No `unsafe-*`: a script that stands in case text stays text. No `strict-dynamic` either: modules hand their nonce on
 * to what they import, and a script element made by a script needs one of its own.
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
