import { officialDay } from '#shared/domain/common.ts'

/** Words of the rectification room. */
export const text = {
  rulerTitle: '工作方案期限',
  ruler: (name: string) => `${name} 十个工作日`,
  due: '报送期限',
  provisional: '期限为暂定',
  basis: (anchor: string, notices: readonly string[]) =>
    `自${officialDay(anchor)}的次日起算${notices.length === 0 ? '' : `；放假调休依据${notices.join('、')}`}`,
  received: '已收到',
  lights: { green: '期限内', yellow: '临期', red: '逾期', done: '已报送' },
  noClock: '约谈结束后，自次日起计算十个工作日（第十一条）。',
  weekdays: ['日', '一', '二', '三', '四', '五', '六'],

  items: '整改事项',
  itemsEmpty: '把监管意见和企业承诺逐条登记为整改事项，逐条销账（第十二条）。',
  columns: { n: '序号', text: '事项', enterprise: '企业', owner: '责任人', due: '期限', state: '状态', act: '办理' },
  source: (seq: number) => `记录第${seq}句`,
  states: { open: '在办', closed: '已销账' },
  newItem: '新增整改事项',
  itemText: '事项内容',
  itemOwner: '责任人',
  itemDue: '完成期限',
  enterprise: '企业',
  add: '登记事项',
  close: '销账',
  closeOf: (n: number) => `第${n}项 销账`,
  closeResult: (n: number) => `第${n}项 落实结果`,
  closeHint: '写明落实结果，Enter 销账',

  documents: '企业报送文件',
  documentsEmpty: '企业报来的说明材料、工作方案、进展报告和专项工作报告在此登记。',
  documentColumns: { kind: '类别', title: '标题', enterprise: '企业', at: '收到时间', file: '文件' },
  paperOnly: '纸质',
  receive: '登记收到',
  receiveTitle: '登记收到文件',
  kind: '文件类别',
  documentTitle: '文件标题',
  file: '电子文件',
  fileHint: '可不填：纸质件只登记标题。选定的文件加密存入本档案。',
  beginFiling: '转入立卷',
} as const
