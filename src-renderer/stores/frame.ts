/**
 * Runs the newest of the scheduled functions once before the next frame. A hidden window gets no frames, so a
 * timer stands by: announcements and the title must not wait until someone looks.
 */
export const createFrameScheduler = (hiddenMs = 500): ((run: () => void) => void) => {
  let due: (() => void) | null = null
  let frame = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const fire = (): void => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
    const run = due
    due = null
    run?.()
  }
  return (run) => {
    const idle = due === null
    due = run
    if (!idle) return
    frame = requestAnimationFrame(fire)
    timer = setTimeout(fire, hiddenMs)
  }
}
