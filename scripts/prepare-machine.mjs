// Installs (or names) what the tests need from the system; see debian-packages.mjs.
import { ensurePackages } from './desktop/installPackages.mjs'

process.exitCode = ensurePackages(['app', 'desktop', 'test']) ? 0 : 1
