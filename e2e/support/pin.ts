import { X509Certificate } from 'node:crypto'
import { connect } from 'node:tls'
import type { NodeInfo } from '../../simulator'
import type { StoredPin } from '../../src-main/settings/schema'

/** What the settings hold after a person has trusted this node's certificate. */
export const pinOf = ({ host, port }: NodeInfo, ca: string): Promise<StoredPin> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host, port, ca, servername: host }, () => {
      const leaf = new X509Certificate(socket.getPeerCertificate().raw)
      socket.destroy()
      resolve({ host, port, fingerprint256: leaf.fingerprint256, pem: leaf.toString() })
    })
    socket.once('error', reject)
  })
