// What the scripts need from a Debian or Ubuntu machine beyond Node and npm: the one list that `npm start`,
// `npm test` and CI share. Each package is looked for by what it brings, so a machine that has the same thing from
// elsewhere is left alone.

/**
 * @typedef {object} DebianPackage
 * @property {string[]} names the first one the machine's apt knows is installed (Ubuntu 24.04 renamed some)
 * @property {'app' | 'desktop' | 'test'} set app: to run Electron at all; desktop: a private one on a machine without
 *   display; test: peers and tools of the tests
 * @property {{ library: string } | { command: string } | { folder: string }} brings
 * @property {boolean} needed false: without it something is missing, but what was asked for still runs
 * @property {true} [service] its installation starts a daemon on a machine with systemd
 */

/** @type {ReadonlyArray<DebianPackage>} */
export const debianPackages = [
  { names: ['libgtk-3-0t64', 'libgtk-3-0'], set: 'app', brings: { library: 'libgtk-3.so.0' }, needed: true },
  { names: ['libnss3'], set: 'app', brings: { library: 'libnss3.so' }, needed: true },
  { names: ['libgbm1'], set: 'app', brings: { library: 'libgbm.so.1' }, needed: true },
  { names: ['libasound2t64', 'libasound2'], set: 'app', brings: { library: 'libasound.so.2' }, needed: true },
  { names: ['libnotify4'], set: 'app', brings: { library: 'libnotify.so.4' }, needed: false },
  { names: ['libsecret-1-0'], set: 'app', brings: { library: 'libsecret-1.so.0' }, needed: false },
  { names: ['dbus-bin', 'dbus'], set: 'app', brings: { command: 'dbus-send' }, needed: false },

  { names: ['xvfb'], set: 'desktop', brings: { command: 'Xvfb' }, needed: true },
  { names: ['dbus-daemon', 'dbus'], set: 'desktop', brings: { command: 'dbus-daemon' }, needed: true },
  { names: ['openbox'], set: 'desktop', brings: { command: 'openbox' }, needed: false },
  {
    names: ['fonts-dejavu-core'],
    set: 'desktop',
    brings: { folder: '/usr/share/fonts/truetype' },
    needed: false,
  },

  { names: ['gnome-keyring'], set: 'test', brings: { command: 'gnome-keyring-daemon' }, needed: false },
  { names: ['openssl'], set: 'test', brings: { command: 'openssl' }, needed: false },
  { names: ['prosody'], set: 'test', brings: { command: 'prosody' }, needed: false, service: true },
]
