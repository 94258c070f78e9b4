/** Node-API the database driver needs (TECH §1). */
export const neededNapi = 10

export type CoreHost =
  | { readonly kind: 'utility' }
  | { readonly kind: 'child'; readonly node: string }
  | { readonly kind: 'refused'; readonly reason: string }

/**
 * Decides where the core runs. The product uses `utilityProcess`. An unpackaged shell on an older runtime may name a
 * Node 22.14+ in YUETAN_CORE_NODE; a packaged one never listens to the environment. Pure.
 */
export function chooseCoreHost(runtime: { napi: number; packaged: boolean; coreNode: string | undefined }): CoreHost {
  if (!runtime.packaged && runtime.coreNode) return { kind: 'child', node: runtime.coreNode }
  if (runtime.napi >= neededNapi) return { kind: 'utility' }
  return {
    kind: 'refused',
    reason: `本运行时的 Node-API 为 ${runtime.napi}，加密数据库驱动需要 ${neededNapi}；档案未被打开，请换用随本程序发布的运行时。`,
  }
}
