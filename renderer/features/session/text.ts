import { type Role, roleNames } from '#shared/domain/accounts.ts'

export const sessionText = {
  product: '约谈卷',
  subtitle: '国资监管责任约谈案卷',
  firstTitle: '开始使用',
  firstWhy: '所有事项、文书和密钥都放在一个加密的档案文件夹里，由本机保管，不经网络。',
  folderHint: '写一个尚不存在的文件夹的位置，或选空文件夹；不要放在会自动同步到网络的地方',
  open: {
    title: '打开已有档案',
    why: '本处室已建有档案，选择它所在的文件夹。',
    button: '选择档案文件夹',
  },
  trial: {
    title: '新建演练档案',
    why: '一步建成，带各角色的示例账号，用于学习和演示。每屏每页都有“演练”字样，不能转为正式档案。',
    button: '新建演练档案',
    unit: '演练单位',
    folder: '演练档案放在哪里',
    create: '建立演练档案',
    making: '正在生成密钥和示例事项，约需一两分钟，请勿关闭',
    made: '演练档案已建立。以下是示例账号，请记下密码：',
    proceed: '去登录',
  },
  ceremony: {
    title: '建立正式档案',
    why: '三员与主要负责同志到场，各自设置密码；四人齐备后一次建成，中途退出不留任何文件。',
    button: '开始建档仪式',
    whyUnit: '本机最高密级决定本档案能处理到哪一级。绝密事项一律不得在本程序中处理。',
    whyOfficers:
      '三员分立：任何一员都看不到事项内容，靠的是密钥而不是菜单（保密法实施条例第三十四条）。密码由本人输入，旁人回避。',
    begin: '记下并继续',
    enrol: '本人确认并登记',
    complete: '建成档案',
    abandon: '放弃，不留任何文件',
    making: '正在生成密钥、证书和台账，请勿关闭',
    ready: '四人已齐备。按下“建成档案”后一次建成；在此之前放弃，文件夹里不留任何东西。',
    done: '档案已建成',
    doneWhy: '台账第一条由在座四人共同签署，三员各自的证书已由本档案签发；三员打不开事项数据库。',
    nextTitle: '接下来',
    next: [
      '业务人员由系统管理员、安全保密管理员与本人同时在场，在登录页“开通账号”办理，得到一张纸条。',
      '本人持纸条到主要负责同志处，由其登录后在“账户”中照纸录入，移交密钥。',
      '移交之后，该账号才能打开事项。',
    ],
    proceed: '去登录',
  },
  passwordRule: '至少 10 个字符，字母和数字都要有',
  signIn: '登录',
  login: '账号',
  password: '密码',
  capsLock: '大写锁定已打开',
  ime: '正在使用输入法：密码请切换到英文输入',
  elsewhere: '更换档案文件夹',
  renewal: {
    title: '正在更换数据库密钥',
    steps: { 'renew.copy': '复制', 'renew.rekey': '以新密钥重写', 'renew.check': '逐页核对', 'renew.rename': '启用' },
    kept: '请勿关机。中途断电不丢数据，下次登录自动续做。',
  },
  changePassword: '更换密码',
  change: {
    title: '更换密码',
    why: '密码只由本人知道，程序不保存。忘记密码不能重置，只能由两位管理员重新开通账号。',
    present: '现在的密码',
    next: '新密码',
    nextHint: '按本机密级的规定：至少 8 或 10 个字符，兼有字母和数字，不与最近几次相同',
    again: '再输一遍新密码',
    differs: '两遍新密码不一致',
    save: '更换',
    done: '密码已更换，请用新密码登录。',
  },
  activate: '开通账号',
  hidden: {
    title: '屏幕已锁定，文字仍在内存中',
    happened: '磁盘拒绝写入，正在输入的文字还不能落盘。',
    kept: '文字保留在内存中，程序不断重试，落盘后自动完成锁定。约谈计时照常进行。',
    now: '请接好磁盘或腾出空间，不要关机；需要继续记录时，请本人输入密码。',
    whose: (name: string) => `${name} 的密码`,
    reveal: '继续记录',
  },
  activation: {
    title: '开通账号',
    why: '系统管理员、安全保密管理员与本人同时在场，各自输入密码。开通后得到一张纸条，交密钥持有人核对移交。',
    button: '三人确认，开通',
    slip: '请把下面的纸条内容抄写或打印，由本人带到密钥持有人处。只显示这一次。',
  },
} as const

/** What is still missing before the ceremony can be completed, in words. */
export function missingWords(code: string): string {
  if (code === 'separation') return '角色须分离'
  if (code === 'loginTwice') return '账号名不能重复'
  return roleNames[code as Role] ?? code
}
