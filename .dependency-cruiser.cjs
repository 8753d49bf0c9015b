// Which folder may import which (the path says where code runs, this file proves it). A breach fails `npm run check`.
const tests = '\\.test\\.ts$|/golden/|/testing/|/fixtures/'

/** Files under `from` may reach only `allowed` within this repository. */
function only(name, comment, from, allowed, fromNot = []) {
  return {
    name,
    comment,
    severity: 'error',
    from: { path: from, pathNot: [tests, ...fromNot] },
    to: { path: '^(src-|simulator|e2e|bench|scripts)', pathNot: allowed },
  }
}

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment:
        'Two files that need each other are one idea, or hide a third one. Types may refer to each other.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolvable',
      comment: 'An import that resolves to nothing.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(electron|bufferutil|utf-8-validate|virtual:)' },
    },
    only('contract-is-alone', 'What both sides know imports nothing of either.', '^src-contract/', [
      '^src-contract/',
    ]),
    only('finesse-is-a-library', 'The Finesse library knows nothing of this app.', '^src-main/finesse/', [
      '^src-main/finesse/',
    ]),
    only(
      'session-is-pure',
      'Reducers and ports know the contract and the Finesse model.',
      '^src-main/session/',
      ['^src-main/session/', '^src-contract/', '^src-main/finesse/'],
    ),
    only(
      'diagnosis-names-causes',
      'From failures to causes: pure, beside the session.',
      '^src-main/diagnosis/',
      ['^src-main/(diagnosis|session|finesse)/', '^src-contract/'],
    ),
    only(
      'inspector-watches-the-ports',
      'It hears what the library tells and reads the view of the session; neither knows of it.',
      '^src-main/inspector/',
      ['^src-main/(inspector|diagnosis|session|finesse)/', '^src-contract/'],
    ),
    only('probe-is-the-same-code', 'The stages without a session.', '^src-main/probe/', [
      '^src-main/(probe|inspector|diagnosis|session|finesse)/',
      '^src-contract/',
    ]),
    only('support-packs-what-was-seen', 'Bundles and exports.', '^src-main/support/', [
      '^src-main/(support|inspector|diagnosis|session|finesse)/',
      '^src-contract/',
    ]),
    only('ipc-serves-the-session', 'The command server sees contract and session.', '^src-main/ipc/', [
      '^src-main/(ipc|session|projections|settings)/',
      '^src-contract/',
    ]),
    only(
      'projections-read-the-session',
      'Tray, notifications and the like are views of the state; they keep no conclusion.',
      '^src-main/projections/',
      ['^src-main/(projections|session|ipc|settings)/', '^src-contract/'],
    ),
    only('settings-stand-below', 'Settings know contract and session.', '^src-main/settings/', [
      '^src-main/(settings|session)/',
      '^src-contract/',
    ]),
    only('platform-implements-ports', 'Adapters know the ports they implement.', '^src-main/platform/', [
      '^src-main/(platform|session|finesse)/',
      '^src-contract/',
    ]),
    only('app-is-the-shell', 'The Electron shell does not reach into the session.', '^src-main/app/', [
      '^src-main/(app|ipc|settings)/',
      '^src-contract/',
    ]),
    only(
      'preload-is-a-bridge',
      'The preload knows the names of the channels and nothing else.',
      '^src-main/preload/',
      ['^src-main/preload/', '^src-contract/'],
    ),
    {
      name: 'only-the-root-composes',
      comment: 'index.ts and compose* put the pieces together; nothing imports them.',
      severity: 'error',
      from: {
        path: '^src-(main|contract|renderer)/|^simulator/',
        pathNot: ['^src-main/(index\\.ts|compose)', tests],
      },
      to: { path: '^src-main/(index\\.ts|compose)' },
    },
    only('renderer-knows-the-contract', 'A window knows the contract only.', '^src-renderer/', [
      '^src-renderer/',
      '^src-contract/',
    ]),
    only(
      'simulator-shares-the-codec',
      'The server side shares the wire format, not the client.',
      '^simulator/',
      ['^simulator/', '^src-main/finesse/(codec/|model(\\.ts|/)|result\\.ts)'],
    ),
    {
      name: 'stanza-in-one-place',
      comment: 'XMPP is an implementation detail of the notification client.',
      severity: 'error',
      from: { path: '^(src-|simulator)', pathNot: ['^src-main/finesse/notifications/', tests] },
      to: { path: '(^|/)node_modules/stanza/' },
    },
    {
      name: 'electron-in-the-shell',
      comment:
        'Library, reducers and simulator run in plain Node; only the shell and adapters know Electron.',
      severity: 'error',
      from: {
        path: '^(src-contract|src-renderer|src-main/(finesse|session|diagnosis|inspector|probe|support)|simulator)/',
      },
      to: { path: '(^|/)(node_modules/electron/|electron$)' },
    },
    {
      name: 'preload-has-only-electron',
      comment: 'A sandboxed preload can require nothing but electron.',
      severity: 'error',
      from: { path: '^src-main/preload/', pathNot: tests },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'], pathNot: '(^|/)(node_modules/electron/|electron$)' },
    },
    {
      name: 'no-node-in-renderer-or-contract',
      comment: 'They run where there is no Node.',
      severity: 'error',
      from: { path: '^src-(renderer|contract)/', pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'product-does-not-import-tests',
      comment: 'Nothing that ships depends on tests, benchmarks or scripts.',
      severity: 'error',
      from: { path: '^(src-|simulator)', pathNot: tests },
      to: { path: `^(e2e|bench|scripts)/|\\.test\\.ts$` },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nothing imports and that imports nothing is left over.',
      severity: 'error',
      from: { orphan: true, path: '^(src-|simulator/)', pathNot: ['\\.d\\.ts$', tests] },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(out|release|test-results)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.vue', '.mjs', '.js', '.cjs', '.json', '.d.ts'],
    },
    skipAnalysisNotInRules: true,
  },
}
