import type { Contact, PhoneBook } from '../model'
import { childOf, childrenOf, textOf } from './read'
import { element, leaf, optionalLeaf, spelled, type Spelling } from './write'
import type { XmlElement } from './xml'

const decodeContact = (el: XmlElement): Contact => ({
  uri: textOf(el, 'uri'),
  firstName: textOf(el, 'firstName'),
  lastName: textOf(el, 'lastName'),
  phoneNumber: textOf(el, 'phoneNumber'),
  description: textOf(el, 'description'),
})

/** Section 10.3. Any field may be empty, the number too. */
export const decodePhoneBooks = (el: XmlElement): readonly PhoneBook[] =>
  childrenOf(el, 'phoneBook').map((book) => ({
    uri: textOf(book, 'uri'),
    name: textOf(book, 'name'),
    type: textOf(book, 'type'),
    contacts: childrenOf(childOf(book, 'contacts'), 'contact').map(decodeContact),
  }))

const contactElement = (contact: Contact): XmlElement =>
  element('Contact', [
    leaf('description', contact.description),
    leaf('firstName', contact.firstName),
    leaf('lastName', contact.lastName),
    leaf('phoneNumber', contact.phoneNumber),
    optionalLeaf('uri', contact.uri),
  ])

export const phoneBooksElement = (books: readonly PhoneBook[], spelling: Spelling): XmlElement =>
  element(
    spelled('PhoneBooks', spelling),
    books.map((book) =>
      element('PhoneBook', [
        element('Contacts', book.contacts.map(contactElement)),
        leaf('name', book.name),
        leaf('type', book.type),
        optionalLeaf('uri', book.uri),
      ]),
    ),
  )
