/** Words of the room's screen. */
export const text = {
  blank: '约谈记录旁屏',
  record: '约谈记录',
  paused: '记录外暂停',
  held: '画面停留',
  wait: '记录开始后在此显示。',
  nobody: '发言',
} as const
