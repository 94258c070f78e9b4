export const accountsText = {
  title: '账户',
  hint: '角色只出自台账。新账户由系统管理员、安全保密管理员与本人当面激活，再由持钥人凭指纹条移交密钥。',
  acts: {
    handOver: {
      title: '移交密钥',
      label: '纸质指纹条',
      hint: '照纸上的指纹逐字输入；程序与台账比对，不一致即拒绝。',
      confirm: '确认移交',
    },
    disable: {
      title: '停用',
      label: '停用原因',
      hint: '停用后不能登录；其经手的事项仍在册。',
      confirm: '确认停用',
    },
    revoke: {
      title: '吊销证书',
      label: '吊销原因',
      hint: '密钥文件外流或本人失联时用。另一位管理员登录签署后生效，账号即不能登录；以前的签字仍然有效。恢复使用须重新开通。',
      confirm: '提请吊销',
    },
  },
  states: { pending: '待移交密钥', active: '在用', disabled: '已停用' },
} as const

export const blankSheetsText = {
  title: '空白恢复密钥单',
  hint: '制发前先打印三张空白单，由持单人当场手抄密钥。空白单上没有密钥，可以用普通打印机。',
  folder: '存放文件夹',
  make: '导出三张空白单',
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
    certificate: '签名证书指纹',
  } as Readonly<Record<string, string>>,
  values: { cases: '事项库', office: '机构库', made: '制发', used: '启用', rehearsed: '演练' } as Readonly<
    Record<string, string>
  >,
  slots: { keyHolder: '另一位密钥持有人', business: '业务人员', self: '本人', recovery: '两份恢复密钥单' } as Readonly<
    Record<string, string>
  >,
} as const

export const renewalText = {
  title: '数据库密钥',
  names: { office: '机构库', cases: '事项库' },
  due: (names: string) =>
    `有人离岗，仍知道${names}的密钥：应当更换。更换前，离岗人员若带走过密钥文件和文件夹，仍可打开更换前的数据。`,
  why: {
    office: '机构库存放账户、台账、策略和日志，由系统管理员、安全保密管理员先后签署更换。',
    cases: '事项库由两位密钥持有人先后签署更换：一人提请，另一人登录后在“待签署事项”中签署。',
  },
  whoElse: '机构库由两位管理员更换，事项库由两位密钥持有人（负责同志）更换。',
  proposed: '已提请。另一人签署后，下一次登录时整库重写，约每 GB 一分钟，登录窗口显示进度；中途断电，再登录即续做。',
} as const

export const leavingText = {
  why: '该同志承办的和在知悉范围内的事项，一并移交接手人：接手人进入知悉范围，离岗人移出（保密法第二十一条，由主要负责同志批准）。随后请管理员停用账号，并更换两个数据库的密钥。',
  moved: (owned: number, known: number) =>
    `已移交：承办 ${owned} 件，仅在知悉范围内 ${known} 件。请通知管理员停用账号。`,
} as const
