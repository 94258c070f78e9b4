export const accountsText = {
  title: '账户',
  hint: '角色只出自台账。新账户由系统管理员、安全保密管理员与本人当面激活，再由持钥人凭指纹条移交密钥。',
  states: { pending: '待移交密钥', active: '在用', disabled: '已停用' },
} as const

/** Words of acts that several must sign (DESIGN §4, the ledger's table). */
export const waitingText = {
  title: '待签署事项',
  empty: '没有等您签署的事项',
  signed: '已签署并记入台账，等待其他人签署。',
  complete: '签署齐全，已生效。',
  effects: {
    restore: '签署齐全，已生效。请锁定后重新登录，业务恢复办理。',
  } as Readonly<Record<string, string>>,
  kinds: {
    restore: '换回旧数据或新机器后的恢复',
    role: '角色变更',
    databaseKey: '更换数据库密钥',
    recovery: '恢复密钥单',
    certificateRevoked: '吊销证书',
    ruleProfile: '规则版本',
    holidayPack: '节假日安排',
    retentionTable: '保管期限表',
    partnerAuthority: '外单位签发者',
  } as Readonly<Record<string, string>>,
  facts: {
    reason: '原因',
    account: '账号',
    grant: '授予角色',
    revoke: '收回角色',
    'lost.office': '机构库行数（现有 → 曾见）',
    'lost.cases': '事项库行数（现有 → 曾见）',
    'lost.machine': '新机器（接续行数）',
    database: '数据库',
    keyId: '新密钥指纹',
    act: '事由',
    holders: '持单人',
    year: '年份',
    id: '版本',
    hash: '内容指纹',
    unit: '单位',
    fingerprint: '指纹',
    serial: '证书序列号',
  } as Readonly<Record<string, string>>,
  values: { cases: '事项库', office: '机构库', made: '制发', used: '启用', rehearsed: '演练' } as Readonly<
    Record<string, string>
  >,
  slots: { keyHolder: '另一位密钥持有人', business: '业务人员', self: '本人', recovery: '两份恢复密钥单' } as Readonly<
    Record<string, string>
  >,
} as const
