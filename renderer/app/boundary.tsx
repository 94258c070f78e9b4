import { Component, type ReactNode } from 'react'
import { ErrorNote } from '../ui/error-note.tsx'

/** Catches a fault of one screen, so that the rest of the window and what is on the disk stay. */
export class Boundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true }
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children
    return (
      <div className="y-page">
        <ErrorNote
          failure={{ code: 'window.fault', params: {} }}
          action={{ text: '重新打开本页', run: () => this.setState({ broken: false }) }}
        />
      </div>
    )
  }
}
