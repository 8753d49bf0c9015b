import type { Contact, PhoneBook, Queue, Reason, WrapUpReason } from './types'

const reason = (
  id: number,
  category: Reason['category'],
  code: number,
  label: string,
  forAll = true,
): Reason => ({
  id: String(id),
  category,
  code,
  label,
  forAll,
})

/** Ids differ from codes everywhere, so that mixing them up shows at once (rule 5). */
export const REASONS: readonly Reason[] = [
  reason(49, 'NOT_READY', 27, 'Lunch'),
  reason(50, 'NOT_READY', 12, 'Break'),
  reason(51, 'NOT_READY', 33, 'Meeting'),
  reason(52, 'NOT_READY', 41, 'Training'),
  reason(53, 'NOT_READY', 55, 'Coaching & feedback'),
  reason(54, 'NOT_READY', 61, 'Paperwork'),
  reason(55, 'NOT_READY', 201, 'Prep time'),
  reason(56, 'NOT_READY', 71, 'Technical problem'),
  reason(61, 'LOGOUT', 5, 'End of shift'),
  reason(62, 'LOGOUT', 7, 'Change of desk'),
  reason(63, 'LOGOUT', 9, 'Unwell'),
]

export const WRAP_UP_REASONS: readonly WrapUpReason[] = [
  { id: '205', label: 'Sale', forAll: true },
  { id: '206', label: 'Delivery', forAll: true },
  { id: '207', label: 'Billing', forAll: true },
  { id: '208', label: 'Complaint', forAll: false },
  { id: '209', label: 'Callback promised', forAll: true },
]

export const QUEUES: readonly Queue[] = [
  { id: '5022', name: 'Support', number: '801031', teamIds: ['5013'] },
  { id: '5023', name: 'Sales', number: '823636', teamIds: ['5013', '5014'] },
  { id: '5024', name: 'Billing', number: '845500', teamIds: ['5014', '5015'] },
]

const contact = (
  id: number,
  firstName: string,
  lastName: string,
  phoneNumber: string,
  description = '',
): Contact => ({
  id: String(id),
  firstName,
  lastName,
  phoneNumber,
  description,
})

export const PHONE_BOOKS: readonly PhoneBook[] = [
  {
    id: '1',
    name: 'Helpdesk',
    type: 'GLOBAL',
    contacts: [
      contact(7, 'Ann', 'Lee', '+1 312 555 0100', 'Lead'),
      contact(8, 'Night desk', '', '+1 312 555 0101'),
      contact(9, 'Yusuf', 'Demir', '0090 212 555 0102', 'Turkish'),
    ],
  },
  {
    id: '2',
    name: 'Partners',
    type: 'TEAM',
    contacts: [contact(20, 'Acme', 'Logistics', '+44 7700 900115', 'Deliveries')],
  },
]
