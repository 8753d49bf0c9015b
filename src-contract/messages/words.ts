/** The shape of a catalogue in another language: the same keys, any words. */
export type Words<T> = T extends string ? string : { readonly [K in keyof T]: Words<T[K]> }
