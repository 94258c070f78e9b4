import { ConfigProvider } from 'antd'
import zhCN from 'antd/locale/zh_CN'
import { type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Boundary } from './boundary.tsx'
import { antTheme, startScheme, useScheme } from './theme.ts'
import './theme.css'
import '../ui/ui.css'

/** The nonce of this page load; every style Ant Design adds carries it, so the policy needs no `unsafe-inline`. */
function pageNonce(): string {
  const holder = document.querySelector<HTMLElement>('meta[property="csp-nonce"], script[nonce], link[nonce]')
  return holder?.nonce ?? ''
}

function Themed({ nonce, children }: { nonce: string; children: ReactNode }) {
  const scheme = useScheme()
  return (
    <ConfigProvider
      locale={zhCN}
      theme={antTheme(scheme)}
      csp={{ nonce }}
      wave={{ disabled: true }}
      button={{ autoInsertSpace: false }}
      virtual
    >
      {children}
    </ConfigProvider>
  )
}

/** Mounts one of the two windows. */
export function start(content: ReactNode): void {
  const root = document.getElementById('root')
  if (root === null) throw new Error('the page has no root')
  startScheme()
  createRoot(root).render(
    <StrictMode>
      <Themed nonce={pageNonce()}>
        <Boundary>{content}</Boundary>
      </Themed>
    </StrictMode>,
  )
}
