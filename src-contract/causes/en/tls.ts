import type { CauseTexts } from '../text'

export const tls: CauseTexts<'tls'> = {
  'tls.expired': {
    title: 'The certificate of {host}:{port} has expired',
    agent:
      'The server cannot prove any more who it is. Your password was not sent; your administrator has to renew it.',
    expected: 'A certificate that is valid today.',
    came: '{subject}, valid until {validTo}.',
    reasons: [
      'It was not renewed in time; self-signed ones of Finesse last five years.',
      'It was renewed, but the services were not restarted.',
      'Only one of the two nodes or ports has the new one.',
    ],
    checks: [
      'openssl s_client -connect {host}:{port} -servername {host} | openssl x509 -noout -dates',
      'Certificate management of the node (tomcat), then restart Finesse Tomcat and the Notification Service.',
    ],
  },
  'tls.notYetValid': {
    title: 'The certificate of {host}:{port} is not valid yet',
    agent: 'Check the date and time of this computer first. If they are right, tell your administrator.',
    expected: 'A certificate that is valid today.',
    came: '{subject}, valid from {validFrom}.',
    reasons: [
      'The clock of this computer is late.',
      'The certificate was made on a machine whose clock is ahead.',
    ],
    checks: ['Date, time and time zone of this computer.', 'NTP on the node: utils ntp status.'],
  },
  'tls.clockWrong': {
    title: 'The clock of this computer is wrong',
    agent: 'The date or time of your computer is off by {offset}. Set it right and try again.',
    expected: 'A time between {validFrom} and {validTo}, in which the certificate is valid.',
    came: 'By the server’s clock it is valid, by this computer’s it is not. It is {offset} {offset?behind|ahead}.',
    reasons: [
      'Time synchronisation is off, or the computer woke up without a network.',
      'The clock or the year was set by hand.',
      'Less likely: the server’s clock is the wrong one.',
    ],
    checks: ['w32tm /query /status, or timedatectl.', 'utils ntp status on the node.'],
  },
  'tls.wrongHost': {
    title: 'The certificate belongs to another name than {host}',
    agent:
      'This may be another server. Use the name your administrator gave you; your password was not sent.',
    expected: '{host} among the names of the certificate.',
    came: '{subject}, valid for: {names}.',
    reasons: [
      'The name typed is an alias the certificate does not list.',
      'The certificate was made with the name of the other node, or without alternative names.',
      'The address leads to another machine.',
    ],
    checks: [
      'Sign in with one of the names above, or reissue the certificate with {host} as subject alternative name.',
      'Does {host} resolve to the right node?',
    ],
  },
  'tls.shortName': {
    title: 'The certificate is for {name}, not for the short name {host}',
    agent: 'Type the full name of the server: {name}.',
    expected: 'The full host name, as the certificate and XMPP need it.',
    came: 'The short name {host}; the certificate lists {names}.',
    reasons: [
      'The short name was typed; the network completes it for DNS only.',
      'A shortcut or a managed setting holds the short name.',
    ],
    checks: ['Use {name} in settings, policies and shortcuts.'],
  },
  'tls.addressTyped': {
    title: 'The certificate has no entry for the address {host}',
    agent: 'Type the name of the server instead of its number.',
    expected: 'A host name. Certificates seldom list IP addresses, and XMPP needs the name.',
    came: 'The address {host}; the certificate lists {names}.',
    reasons: [
      'The IP address was typed, often to get round a DNS problem.',
      'A managed setting holds the address.',
    ],
    checks: ['Use one of the names above.', 'If the name does not resolve, cure that: nslookup.'],
  },
  'tls.selfSigned': {
    title: 'The certificate of {host}:{port} is signed by itself',
    agent:
      'Your computer cannot tell whether this is your server. Compare the fingerprint with your administrator’s before you trust it.',
    expected: 'A certificate of an authority this computer trusts.',
    came: '{subject}, signed by itself. SHA-256 {fingerprint}.',
    reasons: [
      'Finesse comes with self-signed certificates, and it was never replaced.',
      'It was replaced on one node or port only.',
    ],
    checks: [
      'Install a certificate of your authority on both nodes, or give Sidetone the node’s certificate as certificate file.',
      'Each port (8445, 7443) shows its own: compare both.',
    ],
  },
  'tls.incompleteChain': {
    title: '{host}:{port} shows its certificate without the issuer’s',
    agent:
      'The server is not set up completely. Your password was not sent; your administrator can correct it.',
    expected: 'The certificate together with all intermediate ones.',
    came: 'Only {subject}. Its issuer, {issuer}, is not known here.',
    reasons: [
      'The intermediate certificate was not uploaded to the node (tomcat-trust) or to the reverse proxy.',
      'The issuer is a private authority this computer does not know.',
      'Browsers fetch or remember intermediates, so the desktop works there.',
    ],
    checks: [
      'openssl s_client -connect {host}:{port} -servername {host} -showcerts',
      'Upload the intermediates and restart the services, or give Sidetone the authority’s certificate file.',
    ],
  },
  'tls.unknownIssuer': {
    title: 'Nobody this computer trusts issued the certificate of {host}:{port}',
    agent:
      'Your computer does not know who vouches for this server. Your administrator has a certificate file for that.',
    expected: 'A chain that ends at an authority this computer trusts.',
    came: '{subject}, issued by {issuer}, which is not trusted here.',
    reasons: [
      'The company has its own authority, and its root is not installed on this computer.',
      'The root is in the browser’s store only.',
      'Somebody on the way opens the connection.',
    ],
    checks: [
      'Install the root in the system’s store, or choose its PEM file in Sidetone.',
      'Compare the issuer with that of a computer on which it works.',
    ],
  },
  'tls.intercepted': {
    title: 'A security product opens the connection to {host}',
    agent:
      'Something between you and Finesse reads along, so Sidetone stopped. Your password was not sent; tell your administrator.',
    expected: 'The certificate of the Finesse node.',
    came: 'One made up on the way: {subject}, issued by {issuer}.',
    reasons: [
      'A proxy, firewall or virus scanner inspects TLS, and its root is not trusted here.',
      'Such products often break WebSockets, too.',
    ],
    checks: [
      'Exclude both nodes and ports 8445 and 7443 from TLS inspection.',
      'The fingerprint of the node, seen from its own network.',
    ],
  },
  'tls.otherPort': {
    title: 'The certificate is trusted on port {trusted}, not on port {port}',
    agent:
      'One half of the server is trusted, the other is not. Your administrator has to look at port {port}.',
    expected: 'A certificate as on port {trusted}, or one that is trusted as well.',
    came: '{subject}, issued by {issuer}, on port {port}.',
    reasons: [
      'You or a policy trusted one port; each port of a node has its own certificate.',
      'The notification service kept its old or self-signed certificate.',
    ],
    checks: [
      'openssl s_client -connect {host}:{port} -servername {host}, the same for port {trusted}; compare.',
      'Trust both ports of both nodes, or restart the notification service after a renewal.',
    ],
  },
  'tls.changed': {
    title: 'The certificate of {host}:{port} is not the one that was trusted',
    agent:
      'It was renewed, or somebody pretends to be your server. Ask your administrator before you trust it.',
    expected: 'The certificate that was pinned for this host and port.',
    came: '{subject}. SHA-256 {fingerprint}.',
    reasons: [
      'It was renewed.',
      'The name now leads to another node or to a reverse proxy.',
      'Somebody stands in between.',
    ],
    checks: [
      'Compare the fingerprint with the node’s own: show cert own tomcat.',
      'When was it issued, and does anybody know of it?',
    ],
  },
  'tls.rejected': {
    title: 'The certificate of {host}:{port} cannot be accepted',
    agent: 'The server’s certificate has a fault. Your password was not sent; tell your administrator.',
    expected: 'A certificate for servers, with a sound key and signature.',
    came: '{subject} was refused ({code}).',
    reasons: [
      'It was made for another purpose (extended key usage without server authentication).',
      'Its key or signature is too weak, or it was revoked.',
    ],
    checks: [
      'openssl s_client -connect {host}:{port} -servername {host} | openssl x509 -noout -text',
      'Reissue it with key usage for servers, RSA 2048 or P-256, SHA-256.',
    ],
  },
  'tls.tooOld': {
    title: '{host}:{port} offers only outdated encryption',
    agent:
      'The server’s encryption is too old to be safe. Your password was not sent; tell your administrator.',
    expected: 'TLS 1.2 or 1.3 with a modern cipher.',
    came: 'No common version or cipher ({code}).',
    reasons: [
      'The node allows TLS 1.0 and 1.1 only (an old release, or a minimum version never raised).',
      'A load balancer in front of it ends TLS with an old profile.',
    ],
    checks: [
      'openssl s_client -connect {host}:{port} -tls1_2',
      'show tls server min-version on the node; the TLS profile of the load balancer.',
    ],
  },
  'tls.notTls': {
    title: '{host}:{port} does not speak HTTPS',
    agent: 'This is not the right port of the server. Check it: 8445 is usual.',
    expected: 'A TLS handshake.',
    came: 'Something else, such as plain HTTP ({code}).',
    reasons: [
      'The port is one for plain HTTP (80, 8082, 7071) or plain XMPP (5222).',
      'A load balancer forwards to a plain port.',
      'A sign-in page of the network answers for every address.',
    ],
    checks: ['curl -v http://{host}:{port}/', 'Use 8445 (7443 for notifications before 12.6).'],
  },
  'tls.nameUnknown': {
    title: 'Whoever answers at {host}:{port} does not know this name',
    agent:
      'The server in front of Finesse does not know the name you typed. Check it with your administrator.',
    expected: 'A certificate for {host}.',
    came: 'The alert “unrecognized name” ({code}).',
    reasons: [
      'A reverse proxy has no entry for this host name.',
      'The name is an alias that only DNS knows.',
    ],
    checks: [
      'openssl s_client -connect {host}:{port} -servername {host}',
      'The server names of the reverse proxy (map file, server_name).',
    ],
  },
  'tls.clientCertificate': {
    title: '{host}:{port} asks for a certificate of this computer',
    agent: 'The way to Finesse is open only for registered devices. Your administrator knows another way in.',
    expected: 'A server that is content with ID and password.',
    came: 'It ended the connection for want of a client certificate ({code}).',
    reasons: [
      'The reverse proxy or load balancer requires client certificates (mutual TLS).',
      'This is an administration port.',
    ],
    checks: [
      'openssl s_client -connect {host}:{port}: does it list “Acceptable client certificate CA names”?',
      'Turn it off for /finesse and /ws at the proxy.',
    ],
  },
  'tls.cut': {
    title: '{host}:{port} hung up during the handshake',
    agent:
      'Something ended the connection before it was secure. Try again; if it stays, tell your administrator.',
    expected: 'The server’s half of the TLS handshake.',
    came: 'The connection was cut ({code}).',
    reasons: [
      'A firewall lets TCP through and cuts TLS to unknown names.',
      'The service behind the port is starting or overloaded.',
      'The port speaks another protocol.',
    ],
    checks: [
      'openssl s_client -connect {host}:{port} -servername {host}, here and beside the node.',
      'Rules of the firewall for TLS and server names.',
    ],
  },
  'tls.timeout': {
    title: '{host}:{port} accepts connections and says nothing',
    agent: 'The server seems to hang. Wait a minute; if others have it too, tell your administrator.',
    expected: 'The server’s half of the TLS handshake within {seconds} s.',
    came: 'Nothing.',
    reasons: [
      'The service hangs, or all its threads are busy.',
      'Packets above a certain size are lost on the VPN (MTU).',
      'A load balancer accepts for a node that is down.',
    ],
    checks: [
      'openssl s_client -connect {host}:{port}, beside the node and through the VPN.',
      'ping with 1400 bytes and “do not fragment”.',
    ],
  },
}
