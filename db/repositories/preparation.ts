import type { Knex } from 'knex'
import type { Confirmation } from '#shared/domain/notices.ts'
import type { Consultation, Service } from '#shared/domain/preparation.ts'

interface Kept {
  readonly id: string
  readonly case_id: string
  readonly at: string
  readonly account_id: string
}

export interface ConfirmationRow extends Kept {
  readonly notice_id: string
  readonly channel: Confirmation['channel']
  readonly confirmed_by: string
  readonly post: string
  readonly telephone: string
  readonly confirmed_at: string
  readonly attendance: Confirmation['attendance']
  readonly persons: string
  readonly substitutes: string
  readonly reason: string
  readonly note: string
}

export async function insertConfirmation(trx: Knex.Transaction, row: ConfirmationRow): Promise<void> {
  await trx<ConfirmationRow>('confirmations').insert(row)
}

/** Confirmations of a case, the oldest first. */
export async function confirmationsOf(trx: Knex.Transaction, caseId: string): Promise<ConfirmationRow[]> {
  return trx<ConfirmationRow>('confirmations').where({ case_id: caseId }).orderBy(['at', 'id'])
}

export interface ConsultationRow extends Kept {
  readonly day: string
  readonly clock: string
  readonly place: string
  readonly manner: Consultation['manner']
  readonly chair: string
  readonly recorder: string
  readonly contents: string
  readonly agreed: string
  readonly differences: string
  readonly participants: string
}

export async function insertConsultation(trx: Knex.Transaction, row: ConsultationRow): Promise<void> {
  await trx<ConsultationRow>('consultations').insert(row)
}

export async function consultationsOf(trx: Knex.Transaction, caseId: string): Promise<ConsultationRow[]> {
  return trx<ConsultationRow>('consultations').where({ case_id: caseId }).orderBy(['at', 'id'])
}

export interface ReminderRow extends Kept {
  readonly notice_id: string
  readonly channel: Confirmation['channel']
  readonly spoken_to: string
  readonly text: string
}

export async function insertReminder(trx: Knex.Transaction, row: ReminderRow): Promise<void> {
  await trx<ReminderRow>('material_reminders').insert(row)
}

export async function remindersOf(trx: Knex.Transaction, caseId: string): Promise<ReminderRow[]> {
  return trx<ReminderRow>('material_reminders').where({ case_id: caseId }).orderBy(['at', 'id'])
}

export interface ServiceRow extends Kept {
  readonly notice_id: string
  readonly change_id: string | null
  readonly recipient: string
  readonly manner: Service['manner']
  readonly copy_number: string
  readonly sent_by: string
  readonly sent_on: string
  readonly received_by: string
  readonly received_on: string
  readonly note: string
}

export async function insertService(trx: Knex.Transaction, row: ServiceRow): Promise<void> {
  await trx<ServiceRow>('services').insert(row)
}

export async function servicesOf(trx: Knex.Transaction, caseId: string): Promise<ServiceRow[]> {
  return trx<ServiceRow>('services').where({ case_id: caseId }).orderBy(['at', 'id'])
}
