/** The package has no types; these are the parts that interop.test.ts uses. */
declare module '@xmpp/client' {
  export interface Stanza {
    is(name: string): boolean
    toString(): string
  }
  export interface Entity {
    readonly reconnect: { stop(): void }
    readonly iqCaller: { request(stanza: Stanza): Promise<Stanza> }
    on(event: 'stanza', listener: (stanza: Stanza) => void): void
    start(): Promise<{ toString(): string }>
    send(stanza: Stanza): Promise<void>
    stop(): Promise<void>
  }
  export function client(options: Readonly<Record<string, string>>): Entity
  export function xml(
    name: string,
    attributes?: Readonly<Record<string, string>>,
    ...children: readonly Stanza[]
  ): Stanza
}
