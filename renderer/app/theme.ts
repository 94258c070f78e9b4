import { theme as antdTheme, type ThemeConfig } from 'antd'
import { useSyncExternalStore } from 'react'

export type Scheme = 'light' | 'dark'

const shared: ThemeConfig['token'] = {
  fontFamily:
    "'Noto Sans CJK SC', 'Noto Sans SC', 'Microsoft YaHei', 'PingFang SC', 'Source Han Sans SC', system-ui, sans-serif",
  fontSize: 14,
  lineHeight: 22 / 14,
  borderRadius: 4,
  borderRadiusLG: 4,
  borderRadiusSM: 4,
  controlHeight: 32,
  controlHeightSM: 28,
  motion: false,
  wireframe: false,
}

/** The tokens of the design for Ant Design; the same colours stand as CSS variables in `theme.css`. */
export function antTheme(scheme: Scheme): ThemeConfig {
  const dark = scheme === 'dark'
  return {
    algorithm: dark ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
    token: {
      ...shared,
      colorPrimary: dark ? '#6fa3e0' : '#1f4e8c',
      colorLink: dark ? '#8ab6ea' : '#1f4e8c',
      colorError: dark ? '#ff8a80' : '#b8000b',
      colorWarning: dark ? '#e0a458' : '#8f5600',
      colorSuccess: dark ? '#6cc495' : '#17663d',
      colorText: dark ? '#e6e8eb' : '#1f2329',
      colorTextSecondary: dark ? '#a9b0ba' : '#5c626b',
      colorTextPlaceholder: dark ? '#8b93a0' : '#6b727c',
      colorBorder: dark ? '#3b424c' : '#c6cad1',
      colorBorderSecondary: dark ? '#30363f' : '#dcdfe4',
      colorBgLayout: dark ? '#14171b' : '#f4f5f7',
      colorBgContainer: dark ? '#1c2026' : '#ffffff',
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', primaryColor: dark ? '#10151c' : '#ffffff' },
      Table: { cellPaddingBlockSM: 6, cellPaddingInlineSM: 10, headerBg: dark ? '#232830' : '#f4f5f7' },
    },
  }
}

const watchers = new Set<() => void>()
let scheme: Scheme = 'light'

/** Evening rooms: the dark theme follows the system until the person chooses. */
export function startScheme(): void {
  setScheme(window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')
}

export function setScheme(next: Scheme): void {
  scheme = next
  document.documentElement.dataset.scheme = next
  for (const watcher of watchers) watcher()
}

export function useScheme(): Scheme {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => scheme,
  )
}
