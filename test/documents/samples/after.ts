import type { PaperSource } from '#electron/documents/make-paper.ts'
import { anchor, frame, opinions } from './base.ts'
import { letterFrame } from './before.ts'

/** Papers of the time after an interview. */

const enterprise = '渝某实业集团有限公司'
const noticeNumber = '监管约谈函〔2026〕15号'
const cause = '违规开展融资性贸易造成重大资产损失风险'
const contact = { contact: '赵某某', telephone: '023-6767××××' }
const states = ['未完成', '已完成', '已销账', '逾期'] as const

export const after: readonly PaperSource[] = [
  {
    kind: 'reminder',
    data: {
      ...letterFrame,
      ...contact,
      enterprise,
      noticeNumber,
      interviewedOn: '2026-03-10',
      cause,
      owed: [{ name: '整改工作方案', article: '十一条', due: '2026-03-24' }],
      newDue: '2026-03-31',
      ordinal: 2,
    },
  },
  {
    kind: 'rectificationLedger',
    data: {
      ...frame,
      anchor,
      enterprise,
      noticeNumber,
      cause,
      interviewedOn: '2026-03-10',
      planDue: '2026-03-24',
      planReceived: '2026-03-23',
      asOf: '2026-06-30',
      items: Array.from({ length: 26 }, (_, index) => ({
        problem: '贸易业务未履行尽职调查程序，上下游企业受同一实际控制人控制',
        measures: '修订贸易业务管理办法，建立客户准入和黑名单制度，逐笔核验货权凭证',
        owner: '分管副总经理周某镕',
        due: `2026-${String(4 + (index % 5)).padStart(2, '0')}-30`,
        progress: index % 2 === 0 ? '已印发制度，正在清理' : '',
        state: states[index % 4] ?? '未完成',
        closedOn: index % 4 === 2 ? '2026-05-18' : null,
      })),
    },
  },
  {
    kind: 'evaluation',
    data: {
      ...frame,
      anchor,
      enterprise,
      noticeNumber,
      cause,
      planReceived: '2026-03-23',
      reportReceived: '2026-06-20',
      parts: [
        { name: '工作开展情况', complete: true, remark: '' },
        { name: '采取措施', complete: true, remark: '' },
        { name: '落实成效', complete: true, remark: '挽回损失1,860万元' },
        { name: '责任追究情况', complete: false, remark: '缺处理决定文本，已通知补报' },
      ],
      items: [
        { problem: '未履行尽职调查程序', measures: '修订管理办法', result: '完成', close: true, remark: '' },
        { problem: '印章管理失控', measures: '印章集中管理', result: '完成', close: true, remark: '' },
        { problem: '存量业务未清理', measures: '逐笔清收', result: '部分完成', close: false, remark: '余额1,340万元' },
      ],
      screening: '对所属12户子企业开展同类问题排查，发现问题3项，已纳入整改。',
      conclusion: '整改总体到位，未完成事项继续督办。',
      opinions,
    },
  },
  {
    kind: 'weighing',
    data: {
      ...frame,
      anchor,
      enterprise,
      noticeNumber,
      matter: cause,
      persons: ['李某喆', '周某镕'],
      factors: [
        { direction: '从轻、减轻', fact: '约谈后主动清收，挽回损失1,860万元', evidence: '专项工作报告第三部分' },
        { direction: '从重、加重', fact: '整改期间新增同类业务1笔', evidence: '2026年5月贸易业务台账' },
      ],
      recovered: '1,860万元',
      loss: '3,200万元',
      summary: '企业整改总体主动，但新增同类业务说明管控仍不到位，建议综合考虑。',
      opinions,
    },
  },
  {
    kind: 'annualSheet',
    data: {
      ...frame,
      anchor,
      enterprise,
      year: 2026,
      interviews: [
        {
          number: noticeNumber,
          date: '20260310',
          cause,
          triggers: '（五）',
          planOnTime: '按期',
          outcome: '完成',
        },
        {
          number: '监管约谈函〔2026〕32号',
          date: '20260912',
          cause: '重大投资项目决策程序不规范',
          triggers: '（二）（六）',
          planOnTime: '逾期',
          outcome: '整改中',
        },
      ],
      accountable: 4,
      treatment: '诫勉2人，扣减薪酬2人',
      recovered: '1,860万元',
      risks: '贸易业务管控失效，重大投资决策程序倒置。',
      results: '修订制度7项，清收存量业务58.1%。',
      opinions,
    },
  },
  {
    kind: 'transferList',
    data: {
      ...frame,
      anchor,
      noticeNumber,
      enterprise,
      matter: cause,
      period: '2023年5月至2025年11月',
      amount: '3,200万元',
      persons: ['李某喆', '周某镕'],
      summary: '所属子企业在未履行尽职调查的情况下开展融资性贸易，形成逾期应收款项。',
      from: '财务监管处',
      to: '监督追责处',
      pieces: [
        {
          title: '责任约谈纪要',
          number: '',
          copies: 1,
          pages: 4,
          level: '机密',
          copyNumber: '000003',
          form: '复制件',
        },
        {
          title: '企业说明材料及附件',
          number: '渝某实业〔2026〕41号',
          copies: 1,
          pages: 63,
          level: '非密',
          copyNumber: '',
          form: '原件',
        },
      ],
    },
  },
  {
    kind: 'transferLetter',
    data: {
      ...letterFrame,
      ...contact,
      copies: [],
      recipient: '市纪委监委驻市国资委纪检监察组',
      enterprise,
      noticeNumber,
      matter: cause,
      ground: 'discipline',
      pieces: 2,
    },
  },
  {
    kind: 'analysisReport',
    data: {
      ...frame,
      period: '2026年上半年',
      office: '监督追责处',
      date: '2026-07-10',
      totals: {
        cases: 14,
        enterprises: 11,
        persons: 37,
        plansOnTime: 9,
        plansLate: 2,
        closed: 6,
        accountable: 12,
        recovered: '5,430万元',
      },
      triggers: [
        { name: '（五）存在重大风险隐患或发生可能造成严重不良后果的重大事项的', count: 8 },
        { name: '（二）违规开展投资、融资、担保等业务的', count: 6 },
      ],
      repeated: [{ name: enterprise, count: 2 }],
      overview: '从约谈反映的情况看，贸易、投资、担保仍是问题易发领域。',
      typical: [
        { heading: '融资性贸易屡禁不止', text: '部分企业以贸易之名行融资之实，货权控制流于形式。' },
        { heading: '决策程序倒置', text: '先签约、后上会的情况时有发生。' },
      ],
      common: [{ heading: '对子企业管控不力', text: '集团总部对三级以下子企业的印章、账户、合同缺乏有效管控。' }],
      suggestions: ['组织开展融资性贸易共性问题专项核查。', '将典型案例通报全系统。'],
    },
  },
  {
    kind: 'inspectionNotice',
    data: {
      ...letterFrame,
      ...contact,
      addressee: '各有关市属国有重点企业',
      problem: '融资性贸易',
      period: '2026年8月至10月',
      scope: ['2023年1月1日以来集团及所属各级子企业开展的贸易业务。', '存量业务的清收和风险处置情况。'],
      requirements: ['逐笔自查，不留死角。', '对发现的问题立行立改，涉及违规经营投资的按规定追究责任。'],
      reportDue: '2026-08-31',
    },
  },
]
