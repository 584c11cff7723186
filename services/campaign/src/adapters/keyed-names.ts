import { createHmac } from 'node:crypto';
import { parseProfileUrl, personKey } from '@overture/providers';
import { fingerprint } from '@overture/service-kit';
import {
  PersonNames,
  type DomainName,
  type PersonName,
  type SegmentedFields,
} from '../app/ports.js';
import { domainOf, domainsAbove, emailOf, isRegistry } from './contact-marks.js';

// What a company adds to its name says nothing of who it is.
const legalForms =
  /[\s,.]+(?:inc|incorporated|llc|ltd|limited|corp|corporation|co|gmbh|ag|kg|ug|se|sa|sas|sarl|srl|spa|bv|nv|oy|ab|as|aps|plc|pty|pvt)\.?$/u;

/** So many names of companies, domains and words are at hand; then all are forgotten. */
const atHandMax = 20_000;

type SharedKind = 'company' | 'domain' | 'title' | 'industry';

/** Fingerprints under the installation's key: who has the database alone can neither read nor guess a name. */
export class KeyedNames extends PersonNames {
  private readonly atHand = new Map<string, string>();

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
    return this.shared(tenantId, 'company', plainCompany(name));
  }

  override employer(tenantId: string, lead: { companyName: string; companyWebsite: string }) {
    const byName = this.company(tenantId, lead.companyName);
    return byName || this.keyed(tenantId, 'domain', domainOf(lead.companyWebsite));
  }

  override email(tenantId: string, text: string): string {
    return this.keyed(tenantId, 'email', emailOf(text));
  }

  override domain(tenantId: string, text: string): DomainName | { problem: string } {
    const domain = domainOf(text);
    if (domain === '') return { problem: 'This names no domain.' };
    if (isRegistry(domain)) return { problem: 'This is no single company but a whole registry.' };
    return { fingerprint: this.shared(tenantId, 'domain', domain), domain };
  }

  override marks(tenantId: string, lead: { email: string; companyWebsite: string }): string[] {
    const email = this.email(tenantId, lead.email);
    const domains = [lead.email, lead.companyWebsite].map(domainOf).filter(Boolean);
    const listed = domains.flatMap(domainsAbove);
    const marks = listed.map((domain) => this.shared(tenantId, 'domain', domain));
    return [...new Set(email === '' ? marks : [email, ...marks])];
  }

  override titleWords(tenantId: string, title: string): string[] {
    return wordsOf(title).map((word) => this.short(tenantId, 'title', word));
  }

  override industry(tenantId: string, name: string): string {
    const plain = wordsOf(name).join(' ');
    return plain === '' ? '' : this.short(tenantId, 'industry', plain);
  }

  override words(tenantId: string, { title, customFields }: SegmentedFields): string[] {
    const names = Object.keys(customFields).filter((name) => name.toLowerCase() === 'industry');
    const industries = names.map((name) => this.industry(tenantId, customFields[name] ?? ''));
    return [...this.titleWords(tenantId, title), ...industries.filter(Boolean)];
  }

  // Many for each lead, and by these nobody is told apart: 128 bits are plenty.
  private short(tenantId: string, kind: SharedKind, plain: string): string {
    const full = Buffer.from(this.shared(tenantId, kind, plain), 'hex');
    return full.subarray(0, 16).toString('base64url');
  }

  // Many people share a company, a domain or a word, and none of these is a person's own: an address is never kept.
  private shared(tenantId: string, kind: SharedKind, plain: string): string {
    const name = `${tenantId}\n${kind}:${plain}`;
    const known = this.atHand.get(name);
    if (known !== undefined) return known;
    if (this.atHand.size >= atHandMax) this.atHand.clear();
    const made = this.keyed(tenantId, kind, plain);
    this.atHand.set(name, made);
    return made;
  }

  private keyed(tenantId: string, kind: string, plain: string): string {
    if (plain === '') return '';
    return createHmac('sha256', this.key).update(`${tenantId}\n${kind}:${plain}`).digest('hex');
  }
}

/** A title of more words than this is a sentence about its bearer. */
const wordsMax = 20;

function wordsOf(text: string): string[] {
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...new Set(words)].slice(0, wordsMax);
}

function plainCompany(name: string): string {
  let plain = name.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
  // One after the other: GmbH & Co. KG.
  for (let before = ''; before !== plain;) {
    before = plain;
    plain = plain.replace(legalForms, '').replace(/[\s,.&+]+$/u, '');
  }
  return plain;
}
