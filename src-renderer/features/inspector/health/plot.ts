import uPlot from 'uplot'
import type { Disconnect, HealthView } from '../../../../src-contract/inspector'
import { shortTime } from '../format'
import { columnsOf } from './series'
import type { TokenColours } from './tokenColours'

export interface PlotPorts {
  readonly colours: () => TokenColours
  readonly locale: () => string
  readonly view: () => HealthView
  /** Seconds under the cursor; null: nowhere. */
  readonly onHover: (at: number | null) => void
  /** Part of the axis that is shown, in seconds, and where it lies in CSS px. */
  readonly onScale: (min: number, max: number, left: number, width: number) => void
}

const bandOf = (u: uPlot, { from, to }: Disconnect, until: number): { left: number; width: number } => {
  const left = u.valToPos(from / 1000, 'x', true)
  const right = u.valToPos((to ?? until) / 1000, 'x', true)
  return { left, width: Math.max(2 * devicePixelRatio, right - left) }
}

/** Behind the lines: when there was no connection at all. */
const drawDisconnects = (u: uPlot, ports: PlotPorts): void => {
  const { ctx, bbox } = u
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
  ctx.globalAlpha = 0.2
  ctx.fillStyle = ports.colours().lost
  for (const disconnect of ports.view().disconnects) {
    const { left, width } = bandOf(u, disconnect, ports.view().to)
    ctx.fillRect(left, bbox.top, width, bbox.height)
  }
  ctx.restore()
}

/** Lost pings: marks on the ground line, as tall as there are many. */
const drawLost = (u: uPlot, ports: PlotPorts): void => {
  const { ctx, bbox } = u
  const [times, , , lost] = u.data
  ctx.save()
  ctx.fillStyle = ports.colours().lost
  const wide = 3 * devicePixelRatio
  for (let index = 0; index < times.length; index++) {
    const at = times[index]
    const count = lost?.[index]
    if (at === undefined || !count) continue
    const left = u.valToPos(at, 'x', true)
    if (left < bbox.left || left > bbox.left + bbox.width) continue
    const high = Math.min(4, count + 1) * 4 * devicePixelRatio
    ctx.fillRect(left - wide / 2, bbox.top + bbox.height - high, wide, high)
  }
  ctx.restore()
}

/** So few that a line between them would not be seen. */
const FEW = 60
const AXIS_FONT = '11px "Inter Variable", sans-serif'
/** Room of the axes in CSS px: the lanes below stand on the same edges. */
const LEFT = 66
const RIGHT = 56

const shown = (u: uPlot, ports: PlotPorts): void => {
  const { min, max } = u.scales['x'] ?? {}
  if (min === undefined || max === undefined) return
  ports.onScale(min, max, u.bbox.left / devicePixelRatio, u.bbox.width / devicePixelRatio)
}

export const createPlot = (within: HTMLElement, width: number, height: number, ports: PlotPorts): uPlot => {
  const { colours } = ports
  const axis = { stroke: () => colours().muted, font: AXIS_FONT, ticks: { show: false } }
  const milliseconds = (_: uPlot, splits: number[]): string[] => splits.map((value) => `${value} ms`)
  const view = ports.view()
  return new uPlot(
    {
      width,
      height,
      padding: [8, 0, 0, 0],
      legend: { show: false },
      cursor: { drag: { x: true, y: false }, points: { size: 7 } },
      scales: {
        x: { time: true },
        ms: { range: (_u, _min, max) => [0, Math.max(50, (max || 0) * 1.15)] },
        drift: {
          // Around zero: both directions of a clock look alike.
          range: (_u, min, max) => {
            const most = Math.max(100, Math.abs(min || 0), Math.abs(max || 0)) * 1.15
            return [-most, most]
          },
        },
      },
      axes: [
        {
          ...axis,
          size: 24,
          gap: 4,
          grid: { show: false },
          values: (_u, splits) => splits.map((at) => shortTime(at * 1000, ports.locale())),
        },
        {
          ...axis,
          space: 44,
          scale: 'ms',
          size: LEFT,
          gap: 6,
          grid: { stroke: () => colours().line, width: 1 },
          values: milliseconds,
        },
        {
          ...axis,
          space: 44,
          scale: 'drift',
          side: 1,
          size: RIGHT,
          gap: 6,
          grid: { show: false },
          stroke: () => colours().wrap,
          values: (_u, splits) => splits.map((value) => `${value > 0 ? '+' : ''}${value} ms`),
        },
      ],
      series: [
        {},
        {
          scale: 'ms',
          stroke: () => colours().accent,
          width: 1.5,
          points: { show: (u) => u.data[0].length < FEW, size: 5 },
        },
        {
          scale: 'drift',
          stroke: () => colours().wrap,
          width: 1,
          dash: [4, 3],
          points: { show: (u) => u.data[0].length < FEW, size: 5 },
        },
        { scale: 'lost', show: false },
      ],
      hooks: {
        drawClear: [(u) => drawDisconnects(u, ports)],
        draw: [(u) => drawLost(u, ports)],
        setScale: [(u, key) => key === 'x' && shown(u, ports)],
        setSize: [(u) => shown(u, ports)],
        ready: [(u) => shown(u, ports)],
        setCursor: [
          (u) => {
            const { left } = u.cursor
            ports.onHover(left === undefined || left < 0 ? null : u.posToVal(left, 'x'))
          },
        ],
      },
    },
    columnsOf(view),
    within,
  )
}
