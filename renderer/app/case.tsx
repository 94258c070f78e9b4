import { Frame } from './frame.tsx'
import { RulesProvider } from './rules.tsx'
import { SessionProvider } from './session.tsx'
import { start } from './start.tsx'

start(
  <SessionProvider>
    <RulesProvider hash={null}>
      <Frame />
    </RulesProvider>
  </SessionProvider>,
)
