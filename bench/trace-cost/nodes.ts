export const TEAM_NODE = '/finesse/api/Team/5007/Users'

/** What the client subscribes: its own nodes and its team's. */
export const NODES: readonly string[] = [
  '/finesse/api/User/1001',
  '/finesse/api/User/1001/Dialogs',
  TEAM_NODE,
]
