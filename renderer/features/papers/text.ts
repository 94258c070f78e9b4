/** Words of the papers and materials of a case. */
export const text = {
  papers: '本案文件',
  papersEmpty: '通知书印发、纪要定稿后，固定的文件列在这里，可导出为 DOCX 和 PDF。',
  columns: {
    title: '文件',
    format: '格式',
    pages: '页数',
    level: '密级',
    at: '固定时间',
    digest: '校验值（SHA-256）',
    act: '导出',
  },
  export: '导出',
  exportOf: (title: string, format: string) => `导出 ${title} ${format}`,
  folder: '导出到文件夹',
  folderHint: '先写明文件夹，再在下面逐件导出；每次导出编一个份号并记入日志。',
  exported: (file: string, copy: number) => `已导出 ${file}，份号 ${copy}`,
} as const
