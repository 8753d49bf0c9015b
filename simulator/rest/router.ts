import { getDialog, putDialog } from './dialogs'
import { getQueue, getTeam, getTeamResource, getUserList } from './lists'
import { notFound, refusal, type Reply } from './reply'
import type { Call } from './request'
import { getDialogs, getUser, postClientLog, postDialog, putUser } from './users'

const wrongMethod = (call: Call) => refusal(405, 'Bad Request', 'Method Not Allowed', call.method)

/** Sections 8 to 11: what this simulator answers. */
export function route(call: Call): Reply {
  const [object, id, sub, item] = call.path
  if (id === undefined) return notFound('Not Found', call.path.join('/'))
  switch (object) {
    case 'User':
      return routeUser(call, id, sub, item)
    case 'Dialog':
      if (sub !== undefined) return notFound('Not Found', sub)
      return call.method === 'GET'
        ? getDialog(call, id)
        : call.method === 'PUT'
          ? putDialog(call, id)
          : wrongMethod(call)
    case 'Team':
      if (sub !== undefined) return notFound('Not Found', sub)
      return call.method === 'GET' ? getTeam(call, id) : wrongMethod(call)
    case 'TeamResource':
      return call.method === 'GET' ? getTeamResource(call, id, sub ?? '') : wrongMethod(call)
    case 'Queue':
      return call.method === 'GET' ? getQueue(call, id) : wrongMethod(call)
    default:
      return notFound('Not Found', call.path.join('/'))
  }
}

function routeUser(call: Call, id: string, sub: string | undefined, item: string | undefined): Reply {
  const { method } = call
  if (sub === undefined)
    return method === 'GET' ? getUser(call, id) : method === 'PUT' ? putUser(call, id) : wrongMethod(call)
  if (sub === 'Dialogs' && item === undefined)
    return method === 'GET'
      ? getDialogs(call, id)
      : method === 'POST'
        ? postDialog(call, id)
        : wrongMethod(call)
  if (sub === 'ClientLog') return method === 'POST' ? postClientLog(call, id) : wrongMethod(call)
  return method === 'GET' ? getUserList(call, id, sub, item) : wrongMethod(call)
}
