import { SigninWindow } from '../features/session/signin-window.tsx'
import { start } from './start.tsx'

start(<SigninWindow />)
