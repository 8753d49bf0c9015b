import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright/test'

/** What axe finds on the page as it stands, each with where. */
export const axeProblems = async (page: Page, view: string): Promise<readonly string[]> => {
  // Legacy mode: Electron cannot open the second page the other mode wants.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${view}: ${id}: ${target.join(' ')}: ${failureSummary ?? ''}`),
  )
}
