import { SideWindow } from '../features/side/screen.tsx'
import { start } from './start.tsx'

start(<SideWindow />)
