import type { Page } from 'playwright/test'
import type { CommandInput, CommandName, CommandOutput, CommandResult } from '../../src-contract/commands'

/** A command as the page gives it, through the bridge it has. */
export const ask = async <N extends CommandName>(
  page: Page,
  name: N,
  input: CommandInput<N>,
): Promise<CommandOutput<N>> => {
  const answer = await page.evaluate<CommandResult<N>>(
    `window.sidetone.command(${JSON.stringify(name)}, ${JSON.stringify(input)})`,
  )
  if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.error)}`)
  return answer.value
}
