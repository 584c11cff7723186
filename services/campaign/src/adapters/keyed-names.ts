import { createHmac } from 'node:crypto';
import { parseProfileUrl, personKey } from '@overture/providers';
import { fingerprint } from '@overture/service-kit';
import { PersonNames, type PersonName } from '../app/ports.js';

// What a company adds to its name says nothing of who it is.
const legalForms =
  /[\s,.]+(?:inc|incorporated|llc|ltd|limited|corp|corporation|co|gmbh|ag|kg|ug|se|sa|sas|sarl|srl|spa|bv|nv|oy|ab|as|aps|plc|pty|pvt)\.?$/u;

/** Fingerprints under the installation's key: who has the database alone can neither read nor guess a name. */
export class KeyedNames extends PersonNames {
  constructor(private readonly key: string) {
    super();
  }

  override read(tenantId: string, url: string): PersonName | { problem: string } {
    const parsed = parseProfileUrl(url);
    if (parsed.kind === 'refused') return { problem: `linkedin_url: ${parsed.message}` };
    const name = fingerprint(this.key, { tenantId, ...personKey(parsed) });
    return { fingerprint: name, sendUrl: parsed.sendUrl };
  }

  override company(tenantId: string, name: string): string {
    const plain = plainCompany(name);
    if (plain === '') return '';
    return createHmac('sha256', this.key).update(`${tenantId}\ncompany:${plain}`).digest('hex');
  }
}

function plainCompany(name: string): string {
  const text = name.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
  return text.replace(legalForms, '').replace(/[\s,.]+$/u, '');
}
