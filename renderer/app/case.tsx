import { Frame } from './frame.tsx'
import { SessionProvider } from './session.tsx'
import { start } from './start.tsx'

start(
  <SessionProvider>
    <Frame />
  </SessionProvider>,
)
