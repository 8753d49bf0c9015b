import { describe, expect, test } from 'vitest'
import { parseProbeArguments } from './arguments'

const SERVER = ['--server', 'fin-a.example.com']

const badUsage = (...argv: readonly string[]): readonly string[] => {
  const parsed = parseProbeArguments(argv)
  return parsed.ok ? ['fine'] : [parsed.error.key, parsed.error.option]
}

describe('arguments', () => {
  test('all of them', () => {
    const parsed = parseProbeArguments([
      '--server=fin-a.example.com:443',
      '--user',
      'Ada Nord',
      '--password-file',
      '-',
      '--ca',
      'ca.pem',
      '--xmpp-domain',
      'fin-a',
      '--ws-path',
      '/xmpp',
      '--resource',
      'mine',
      '--node',
      '/finesse/api/User/1',
      '--node=/finesse/api/Team/2/Users',
      '--no-rest',
      '--json',
    ])
    expect(parsed).toEqual({
      ok: true,
      value: {
        node: { host: 'fin-a.example.com', port: 443 },
        user: 'Ada Nord',
        passwordFile: '-',
        caFile: 'ca.pem',
        xmppDomain: 'fin-a',
        wsPath: '/xmpp',
        resource: 'mine',
        nodes: ['/finesse/api/User/1', '/finesse/api/Team/2/Users'],
        noRest: true,
        json: true,
      },
    })
  })

  test('a server alone: port 8445, nothing else', () => {
    expect(parseProbeArguments(SERVER)).toMatchObject({
      ok: true,
      value: { node: { port: 8445 }, user: null, nodes: [], noRest: false, json: false },
    })
  })

  test('help is asked for, whatever else is missing', () => {
    expect(parseProbeArguments(['--help'])).toEqual({ ok: true, value: null })
  })

  test.each([
    [[], 'bad.noServer', ''],
    [['--server'], 'bad.value', '--server'],
    [['--server', '--json'], 'bad.value', '--server'],
    [['--server', 'https://a/b'], 'bad.server', ''],
    [['--server', 'a:99999'], 'bad.server', ''],
    [[...SERVER, ...SERVER], 'bad.twice', '--server'],
    [[...SERVER, '--password', 'secret'], 'bad.unknown', '--password'],
    [[...SERVER, '--password=secret'], 'bad.unknown', '--password'],
    [[...SERVER, '-p', 'secret'], 'bad.unknown', '-p'],
    [[...SERVER, '--__proto__', 'x'], 'bad.unknown', '--__proto__'],
    [[...SERVER, 'secret'], 'bad.word', ''],
    [[...SERVER, '--json=yes'], 'bad.noValue', '--json'],
    [[...SERVER, '--no-json'], 'bad.unknown', '--no-json'],
    [[...SERVER, '--user', '1001'], 'bad.userAlone', ''],
    [[...SERVER, '--user='], 'bad.value', '--user'],
    [[...SERVER, '--password-file', 'f'], 'bad.passwordAlone', ''],
    [[...SERVER, '--node', 'User/1'], 'bad.path', '--node'],
    [[...SERVER, '--ws-path', 'ws'], 'bad.path', '--ws-path'],
    [[...SERVER, '--ws-path', '/ws /'], 'bad.blank', '--ws-path'],
    [[...SERVER, '--xmpp-domain', 'a b'], 'bad.blank', '--xmpp-domain'],
    [[...SERVER, '--resource', ' '], 'bad.blank', '--resource'],
  ])('%j: %s', (argv, key, option) => {
    expect(badUsage(...argv)).toEqual([key, option])
  })
})
