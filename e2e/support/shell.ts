import type { ElectronApplication } from 'playwright/test'

export interface WindowFacts {
  readonly visible: boolean
  readonly focused: boolean
  readonly minimised: boolean
  readonly title: string
}

/** The main window as the desktop sees it. */
export const windowFacts = (app: ElectronApplication): Promise<WindowFacts> =>
  app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    if (!window) throw new Error('There is no window')
    return {
      visible: window.isVisible(),
      focused: window.isFocused(),
      minimised: window.isMinimized(),
      title: window.getTitle(),
    }
  })

/** As the cross of its frame does. */
export const closeWindow = (app: ElectronApplication): Promise<void> =>
  app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.close()
  })

export const resizeWindow = async (
  app: ElectronApplication,
  size: readonly [width: number, height: number],
): Promise<void> => {
  await app.evaluate(({ BrowserWindow }, [width, height]) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(width, height)
  }, size)
}
