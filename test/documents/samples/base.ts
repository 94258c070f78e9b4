/** What every invented paper shares. */

export const frame = { mark: null, trial: false, made: '2026-03-01T02:00:00.000Z', author: '重庆市国资委' } as const

export const mark = { level: 'confidential', term: '10年', text: '机密★10年', copyNumber: '000001' } as const

export const anchor = '纸上锚　第1842号　7F3A9-K2M4P-X8Q1R-5TB6W'
export const volume = {
  archivalCode: 'K101-WS·2026-D30-JDC-0001',
  volumeTitle: '对渝某实业集团有限公司责任约谈案卷',
  anchor,
}
export const digest = '3f9a'.repeat(16)
export const opinions = [
  { label: '处室负责人\n意见', text: '拟同意，请分管负责同志审签。', name: '王某某', date: '2026-03-01' },
  { label: '分管负责同志\n意见', text: '', name: null, date: null },
]
