export const accountsText = {
  title: '账户',
  hint: '角色只出自台账。新账户由系统管理员、安全保密管理员与本人当面激活，再由持钥人凭指纹条移交密钥。',
  states: { pending: '待移交密钥', active: '在用', disabled: '已停用' },
} as const
