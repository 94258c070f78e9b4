import { StepUpWindow } from '../features/session/step-up.tsx'
import { start } from './start.tsx'

start(<StepUpWindow />)
