import type { Transaction } from '@overture/event-store';
import { insertNewRows } from './rows.js';

interface Worded {
  readonly leadId: string;
  readonly words: readonly string[];
}

/** Keeps by what segments find these leads, of whom nothing is kept. */
export async function keepWords(tx: Transaction, tenantId: string, leads: readonly Worded[]) {
  const rows = leads.flatMap(({ leadId, words }) => {
    return [...new Set(words)].map((word) => ({ tenantId, word, leadId }));
  });
  await insertNewRows(tx, 'lead_words', rows);
}

/** Of a lead whose row still says them. */
export async function forgetWords(tx: Transaction, tenantId: string, leadId: string) {
  await tx.query(
    `delete from lead_words w using leads l
     where l.tenant_id = $1 and l.lead_id = $2 and w.tenant_id = $1
       and w.word = any (l.words) and w.lead_id = $2`,
    [tenantId, leadId],
  );
}
