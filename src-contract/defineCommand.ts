import * as z from 'zod/mini'

/** A text of bounded length: nothing a window sends may fill memory. */
export const text = (max: number) => z.string().check(z.maxLength(max))

export const defineCommand = <I extends z.ZodMiniType, O extends z.ZodMiniType>(input: I, output: O) => ({
  input,
  output,
})
