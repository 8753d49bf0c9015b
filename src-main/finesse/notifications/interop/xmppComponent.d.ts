/** What the tests use of @xmpp/component, which ships no types. */
declare module '@xmpp/component' {
  export interface Element {
    readonly attrs: Readonly<Record<string, string>>
    getChild(name: string): Element | undefined
    toString(): string
  }
  export interface Component {
    readonly iqCaller: { request(stanza: Element): Promise<Element> }
    start(): Promise<unknown>
    stop(): Promise<unknown>
    on(event: 'error', listener: (error: Error) => void): void
    reconnect: { stop(): void }
  }
  export function component(options: {
    readonly service: string
    readonly domain: string
    readonly password: string
  }): Component
  export function xml(
    name: string,
    attrs?: Readonly<Record<string, string>>,
    ...children: (Element | string)[]
  ): Element
}
