import type { Finding } from '#shared/domain/audit.ts'
import { officialMoment } from '../../ui/dates.ts'

export const databaseNames: Readonly<Record<Finding['database'], string>> = {
  office: '机构库（账户、台账、日志）',
  cases: '事项库',
  machine: '本机',
}

const sources: Readonly<Record<Finding['source'], string>> = {
  witness: '本机见证记录',
  otherDatabase: '另一数据库的留底',
  paper: '纸上锚',
  machine: '本机',
}

/** A finding in one sentence: what stands where, and what says otherwise. */
export function findingWords(one: Finding): string {
  switch (one.kind) {
    case 'clock':
      return `本机时钟早于日志：日志已记到 ${officialMoment(one.at)}，时钟被往回拨过，或此前曾走快。`
    case 'newMachine':
      return '本机从未打开过这份档案，没有可比对的见证记录；也可能是见证记录被删除。'
    case 'anchor':
      return `${databaseNames[one.database]}与纸面不符：纸上锚记到第 ${one.seq} 行，档案中没有这一行或内容不同。`
    case 'behind':
      return `${databaseNames[one.database]}比此前所见的旧：只到第 ${one.kept} 行，而${sources[one.source]}显示 ${officialMoment(one.at)} 已到第 ${one.seq} 行。可能换回了旧备份，或文件被替换。`
  }
}

export const settingsText = {
  stopped: {
    title: '业务已停',
    why: '档案与此前所见不一致。为防止在旧数据上继续办理、重复编号或恢复已撤销的权限，程序停办一切业务，直到两员核对。',
    kept: '已落盘的内容均未改动。现场记录如正在进行，请改用纸笔，恢复后补录并注明。',
    now: '请通知系统管理员与安全审计员到本机：系统管理员核对备份后提请恢复，安全审计员比对纸上锚后确认。',
  },
  duties: {
    title: '今日',
    neverBackedUp: '本档案还没有备份。',
    backupDue: (days: number) => `距上次备份已 ${days} 天，超过规定的周期。`,
    toBackups: '去备份',
    restore: '提请恢复',
    restoreWhy:
      '先核对：文件从哪里来、为什么是旧的、丢失的那一段有没有别的备份。提请后由安全审计员签署，业务在重新登录后恢复；放弃的行数永久记入台账。',
    restoreReason: '核对情况与原因',
    clock: '确认时钟已校准',
    clockWhy: '时钟若确实被拨慢，请校准操作系统时钟后重新登录，不必在此办理。只有此前走快、现在已准，才在此写明原因。',
    clockReason: '原因',
    auditorNote: '请到“审计”页比对纸上锚，再在下面签署系统管理员的提请。',
    done: '已记入台账，等待安全审计员签署。',
    clockDone: '已记入台账。请重新登录。',
  },
  fonts: {
    title: '字体',
    why: '公文用字的五种字体（GB/T 9704）在本机由哪个字体文件印出、字是否齐全。缺少的字体以相近字体代替，预览和打印时都会注明。',
    install: '补装字体：把字体文件放入本机文件夹下的 fonts 文件夹，或者按操作系统的办法安装，重新登录后生效。',
    roles: {
      xiaobiaosong: '小标宋体（标题、发文机关标志）',
      fangsong: '仿宋体（正文）',
      kaiti: '楷体（第二层标题）',
      heiti: '黑体（第一层标题、密级）',
      songti: '宋体（页码）',
    },
    genuine: '标准字体',
    substitute: '替代字体',
    used: '实际使用',
    file: '字体文件',
    licence: '授权',
    noLicence: '字体文件未写明',
    coverage: '常用汉字',
    hanzi: (own: number, of: number) => `${own} / ${of} 字（GB/T 2312）`,
    lacking: '缺少的字符',
    nothingLacking: '无',
    instead: '缺字代印',
    missing: '无法印出',
  },
} as const

export const policyText = {
  title: '策略',
  hint: '以下规定由安全保密管理员签署，记入台账，对所有账号生效。下限按本机最高密级写在程序里，任何人不能放宽；保密标准为限制发行文件，本单位规定更严的，按本单位规定设置。',
  panel: '各项规定',
  names: {
    passwordLength: '密码最短长度',
    passwordSymbols: '密码须含符号',
    passwordDays: '密码更换周期',
    passwordHistory: '不得重复的密码次数',
    lockAfter: '连续输错锁定',
    lockMinutes: '锁定时长',
    idleSeconds: '无操作自动锁定',
    untouchedDays: '新事项未确认承办提醒',
    soonDays: '临期提醒提前',
    exportStepUp: '导出前重新输入密码',
    printWatermark: '打印件水印',
    letterLayout: '通知书版式',
    clipboardOut: '复制到其他程序',
    dragOut: '文字拖出窗口',
    backupDays: '备份周期',
    backupsKept: '备份保留份数',
    fixityDays: '定期核对周期',
    bundleMebibytes: '单个封装包的上限',
  },
  units: {
    passwordLength: '个字符',
    passwordDays: '天',
    passwordHistory: '次',
    lockAfter: '次',
    lockMinutes: '分钟',
    idleSeconds: '秒',
    untouchedDays: '天',
    soonDays: '天',
    backupDays: '天',
    backupsKept: '份',
    fixityDays: '天',
    bundleMebibytes: 'MiB',
  },
  /** Policies whose numbers are words: the value is the place in the list. */
  choices: {
    passwordSymbols: ['不要求', '要求'],
    exportStepUp: ['不输入', '重新输入'],
    printWatermark: ['不加', '涉密件和工作秘密件加', '全部加'],
    letterLayout: ['信函格式', '样式原样'],
    clipboardOut: ['不允许', '允许'],
    dragOut: ['不允许', '允许'],
  },
  why: {
    passwordLength: '秘密级不少于 8 个字符；机密级只用口令登录的不少于 10 个字符，均须字母、数字混用。',
    passwordSymbols: '在字母、数字之外再要求至少一个符号。',
    passwordDays: '秘密级不超过一个月，机密级不超过一周。到期后须先更换才能登录（演练档案只提示）。',
    passwordHistory: '新密码不得与最近几次相同。程序不保存旧密码，只保存同等强度的核对值，随密钥加密。',
    lockAfter: '防止逐个试密码。只约束本程序；文件夹被复制走时，靠密钥派生和本机密钥防护。',
    lockMinutes: '锁定期间不接受该账号登录；安全保密管理员核实本人后可在“账户”页解除。',
    idleSeconds: '离开座位自动锁定，正在输入的内容先落盘。约谈现场的计时不受影响。',
    exportStepUp:
      '凭票取走文书、导出列表、封装案卷之前，本人在单独的窗口再输一次密码。秘密级以上不得关闭；演练档案默认不问，可以打开练习。',
    untouchedDays: '立项后超过这些天仍无人确认承办的，列入处室负责人的“今日”（第四条）。',
    soonDays:
      '到期日和到期前这些天内亮黄灯“临期”，过期亮红灯“逾期”；今日、事项列表、事项、分析和台账同用（第十一条、第十六条）。',
    printWatermark: '水印为份号、接收人、打印人和时间，只加在从窗口打印的纸上，存档文件不变。',
    letterLayout:
      '信函格式按党政机关公文格式；样式原样按规则所附样式的顺序，文号在标题之下。只影响此后固定的通知书、改期和取消通知、催办函。',
    clipboardOut: '不允许时，复制的文字只能粘贴在本窗口内。秘密级以上不得放开，非密机器默认放开。',
    dragOut: '选中的文字能否拖出窗口。秘密级以上不得放开，非密机器默认放开；窗口内拖动语句、卷内文件不受影响。',
    backupDays: '超过这些天没有备份的，列入系统管理员的“今日”。',
    fixityDays: '档案员登录后满此天数的，自动逐件核对全部附件、文书和本机上的封装包，结果列在“立卷归档—定期核对”。',
    bundleMebibytes: '案卷超过此数或光盘容量的，分成若干包，每包可单独校验；接收单位要求更小的包时调低。',
    backupsKept: '每个备份位置保留的份数；新的备份写完并核对无误后，最早的一份才移除。',
  },
} as const
