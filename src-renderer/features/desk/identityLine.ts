import { computed, type ComputedRef } from 'vue'
import { useWords } from '../../i18n/words'
import { useReplica } from '../../stores/replica'

/** Id, extension and team of the agent on one line; before Finesse has answered, as typed. */
export const useIdentityLine = (): ComputedRef<string> => {
  const replica = useReplica()
  const { t } = useWords()
  return computed(() => {
    const agent = replica.agent
    const identity = 'identity' in replica.session ? replica.session.identity : null
    const id = agent?.loginId ?? identity?.loginId ?? ''
    const extension = agent?.extension ?? identity?.extension ?? '–'
    return agent?.teamName
      ? t('ui.identity.lineTeam', { id, extension, team: agent.teamName })
      : t('ui.identity.line', { id, extension })
  })
}
