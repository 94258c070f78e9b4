import { Suspense, useState } from 'react'
import { officerRoles, roleNames } from '#shared/domain/accounts.ts'
import { levelNames } from '#shared/domain/secrecy.ts'
import { useScheduledFixity } from '../features/archive/scheduled-fixity.ts'
import { SearchPanel } from '../features/search/panel.tsx'
import { Stopped } from '../features/settings/stopped.tsx'
import { ArticlePanel, ArticleShelf } from '../ui/article.tsx'
import { EmptyState, KeyHint, Waiting } from '../ui/page.tsx'
import { Boundary } from './boundary.tsx'
import { wordsFor } from './errors.ts'
import { Guarded } from './guarded.tsx'
import { useShortcuts } from './keyboard.ts'
import { goBack, navigate, type Room, useRoute } from './navigation.ts'
import { roomTable } from './rooms.tsx'
import { lock, useSession } from './session.tsx'
import { setScheme, useScheme } from './theme.ts'
import { useUnkept } from './unfinished.ts'

/** Rooms that are reached from inside another one: that one stays marked in the navigation. */
const parentRooms: Readonly<Partial<Record<Room, Room>>> = {
  case: 'cases',
  intake: 'cases',
  live: 'interviews',
  aids: 'interviews',
}

/** Rooms that have a key: the ten digits in the order of the keyboard; further ones are reached by the pointer. */
const digitKeys = 10
const roomKey = (index: number): string => `Ctrl+${(index + 1) % digitKeys}`

/** What stands in a form and is in this window only, because the archive does not take it now. */
function Unkept() {
  const failure = useUnkept()
  if (failure === null) return null
  return (
    <div className="y-unkept" role="alert">
      表单中未提交的文字暂时只在窗口中，请勿关闭或锁定。{wordsFor(failure).happened}
      程序每隔5秒重试一次，存入档案后此提示消失。
    </div>
  )
}

/** The frame around every room: who is here, what the machine may hold, where one may go. */
export function Frame() {
  const session = useSession()
  useScheduledFixity()
  const route = useRoute()
  const scheme = useScheme()
  const [searching, setSearching] = useState(false)
  const mayEnter = (room: Room) => {
    const entry = roomTable[room]
    return entry !== undefined && session.may(...entry.roles)
  }
  const listed = (Object.keys(roomTable) as Room[]).filter((room) => roomTable[room]?.listed && mayEnter(room))
  // Officers have no 今日: they land on the first room that is theirs.
  const room: Room = mayEnter(route.room) ? route.room : (listed[0] ?? 'today')
  const entry = roomTable[room]
  const mayRead = mayEnter('cases')

  useShortcuts({
    'Ctrl+K': () => setSearching(mayRead),
    'Ctrl+L': () => void lock('lock'),
    'Alt+ArrowLeft': goBack,
    ...Object.fromEntries(
      listed.slice(0, digitKeys).map((one, index) => [roomKey(index), () => navigate({ room: one })]),
    ),
  })

  return (
    <ArticleShelf>
      <div className="y-frame">
        {session.kind === 'trial' && (
          <div className="y-trial" role="note">
            演练档案：仅供练习与演示，不得录入真实事项；不能转为或并入正式档案
          </div>
        )}
        <header className="y-top">
          <div className="y-brand">
            约谈卷<span>本机最高密级 {levelNames[session.machineLevel]}</span>
          </div>
          {mayRead && (
            <button type="button" className="y-search-button" onClick={() => setSearching(true)}>
              全局搜索 <KeyHint keys="Ctrl+K" />
            </button>
          )}
          <div className="y-who">
            <span>
              {session.account.name} · {session.account.roles.map((role) => roleNames[role]).join('、')}
            </span>
            <button
              type="button"
              className="y-quiet-button"
              onClick={() => setScheme(scheme === 'dark' ? 'light' : 'dark')}
            >
              {scheme === 'dark' ? '浅色' : '深色'}
            </button>
            <button type="button" className="y-quiet-button" onClick={() => void lock('lock')}>
              锁定 <KeyHint keys="Ctrl+L" />
            </button>
          </div>
        </header>
        <Unkept />
        <nav className="y-nav" aria-label="房间">
          {listed.map((one, index) => (
            <button
              key={one}
              type="button"
              aria-current={one === room || parentRooms[room] === one ? 'page' : undefined}
              onClick={() => navigate({ room: one })}
            >
              {roomTable[one]?.name}
              {index < digitKeys && <KeyHint keys={roomKey(index)} />}
            </button>
          ))}
          <Guarded />
        </nav>
        <main className="y-work">
          <Suspense fallback={<Waiting />}>
            <Boundary key={`${room}/${route.caseId ?? ''}`}>
              {session.findings.length > 0 && !session.may(...officerRoles) ? (
                <Stopped />
              ) : entry === undefined ? (
                <EmptyState title="此账号没有可进入的房间">请安全保密管理员核对角色。</EmptyState>
              ) : (
                <entry.screen route={route} />
              )}
            </Boundary>
          </Suspense>
        </main>
        <ArticlePanel />
        {searching && <SearchPanel onClose={() => setSearching(false)} />}
      </div>
    </ArticleShelf>
  )
}
