import type { KeyFault } from '#shared/domain/desk-keys.ts'
import { deskActionNames } from '#shared/domain/desk-keys.ts'

/** Words of the desk's tools. */
export const text = {
  room: '记录工具',
  tabs: { phrases: '短语', templates: '提纲模板', keys: '按键' },

  phraseHint: '代码后打“;”或“；”，原地展开。',
  placeholders: '可写 {事由} {企业} {主持人} {地点} {日期} {时间}，用时换成本次约谈的内容。',
  unitHint: '全单位短语各业务账号都能看到，不得写入具体事项的内容。',
  columns: { code: '代码', text: '文字', owner: '范围' },
  own: '个人',
  unit: '全单位',
  code: '代码',
  words: '短语文字',
  save: '保存',
  add: '添加短语',
  change: '修改',
  remove: '删除',
  removeOf: (code: string) => `删除短语 ${code}`,
  changeOf: (code: string) => `修改短语 ${code}`,
  noPhrases: '还没有短语',
  noPhrasesHint: '常用的告知语、结束语、企业全称、职务存成短语，记录时一敲即得。',

  templateHint: '约谈准备起草提纲时，先取案卷内容，再加上本案各情形的模板。开场语按一个键插入为最前面的几句。',
  newTemplate: '新建提纲模板',
  newOpening: '写本单位开场语',
  kinds: { outline: '提纲模板', opening: '开场语' },
  trigger: '适用情形（第三条）',
  anyTrigger: '所有事项',
  name: '名称',
  lines: '内容：每行一条',
  linesOf: (section: string) => `${section} 内容`,
  noTemplates: '还没有本单位的模板',
  noTemplatesHint: '没有模板时，提纲按第八条四项内容和案卷起草，开场语用系统自带的三句。',
  removeTemplate: (name: string) => `删除模板 ${name}`,
  changeTemplate: (name: string) => `修改模板 ${name}`,
  updated: (day: string, by: string) => `${day} ${by}`,

  keysHint: '按键随账号保存，逐项可改。输入法正在组字时，任何按键都不起作用。',
  fixedKeys: '固定的键',
  fixed: (why: string) => `固定：${why}`,
  action: '动作',
  key: '按键',
  changeKey: (name: string) => `改键 ${name}`,
  pressKey: '请按新的键，Esc 取消',
  reset: '全部恢复默认',
  card: '制按键卡',
  cardTitle: '按键卡',
  cardFolder: '按键卡保存到文件夹',
  carded: (file: string) => `按键卡已保存：${file}`,
  alternate: '记录开始时问答自动交替',
  fault: (fault: KeyFault): string => {
    switch (fault.code) {
      case 'taken':
        return `此键已用于“${deskActionNames[fault.by]}”，请先改那一个`
      case 'fixed':
        return `此键固定用于“${fault.by.action}”（${fault.by.why}）`
      case 'reserved':
        return '此键由文字输入、窗口或系统使用，不能改用'
      default:
        return '此键不能用作快捷键'
    }
  },
} as const
