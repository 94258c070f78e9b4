import { createRequire } from 'node:module'
import { dirname } from 'node:path'

/** Folder of the library that reads PDF: all the reader may see of the disk beside its own code. */
export function pdfLibrary(): string {
  return dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))
}
