import { makePaper } from '#electron/documents/make-paper.ts'
import { recordData } from '../documents/samples.ts'

// Makes the record of fifty pages once, in a process of its own: `paper.memory` looks at its peak.
await makePaper({ paper: { kind: 'record', data: recordData(322) }, format: 'pdf', fontFolders: [] })
