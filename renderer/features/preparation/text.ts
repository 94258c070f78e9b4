export const preparationText = {
  consult: '登记会前沟通',
  consultTitle: '会前沟通',
  consultEmpty: '约谈前，与共同约谈的单位就约谈内容和意见要求沟通协商（第五条）。商定的意见全文登记在这里。',
  confirmTitle: '企业确认',
  confirmEmpty: '通知印发后，企业以书面或电话形式确认；在“通知”页登记（第十条）。',
  materialTitle: '说明材料与书面陈述',
  materialEmpty: '通知印发后，按通知列出应交的材料；收到后在“整改”页登记文件。',
  serveTitle: '送达回执',
  serveEmpty: '通知书送达企业和抄送单位后，登记签收人和日期。',
  serve: '登记送达',
  remind: '登记催报',
  print: '看清样',
} as const
