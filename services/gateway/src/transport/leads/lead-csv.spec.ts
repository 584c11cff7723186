import { create } from '@bufbuild/protobuf';
import { EnrollmentSchema, LeadSchema } from '@overture/contracts';
import { csvHead, csvOf } from './lead-csv.js';

const all = { campaignId: '', status: '', identityId: '', accepted: false };
const lead = (more: object = {}) =>
  create(LeadSchema, { leadId: 'l-1', firstName: 'Ada', ...more });
const titleIn = (title: string) => csvOf(lead({ title }), all).split(',').at(4);

describe('A lead in a spreadsheet (S2-56)', () => {
  it.each([
    ['=1+1', `'=1+1`],
    ['+49 30 1', `'+49 30 1`],
    ['-2', `'-2`],
    ['@sum', `'@sum`],
    ['\tx', `'\tx`],
    ['  =cmd|calc', `'  =cmd|calc`],
    ['＝1', `'＝1`],
    ['\ufeff=1', `'\ufeff=1`],
    ['a=1', 'a=1'],
    ['CTO', 'CTO'],
  ])('is no formula: %j', (text, cell) => expect(titleIn(text)).toBe(cell));

  it.each([
    ['\r=1', `"'\r=1"`],
    ['\n=1', `"'\n=1"`],
    ['a "b"', '"a ""b"""'],
    ['=a "b"', `"'=a ""b"""`],
  ])('keeps its cell together: %j', (text, cell) => expect(titleIn(text)).toBe(cell));

  it('has a line for each campaign that was asked for, with its name and the acceptance (S2-57)', () => {
    const at = '2026-03-02T09:00:00.000Z';
    const enrollments = [
      { campaignId: 'c-1', campaignName: 'Spring', status: 'connected', connectionAcceptedAt: at },
      { campaignId: 'c-2', campaignName: '=Autumn', status: 'replied' },
    ].map((row) => create(EnrollmentSchema, row));
    const both = csvOf(lead({ enrollments }), all).trimEnd().split('\r\n');
    expect(both).toHaveLength(2);
    expect(both[0]).toContain(`Spring,connected,,${at}`);
    expect(both[1]).toContain(`'=Autumn,replied`);
    expect(csvOf(lead({ enrollments }), { ...all, accepted: true })).toBe(`${both[0]}\r\n`);
    expect(csvOf(lead({ enrollments }), { ...all, campaignId: 'c-2' })).toBe(`${both[1]}\r\n`);
  });

  it('has a line of its own while no campaign has it', () =>
    expect(csvOf(lead(), all)).toMatch(/^Ada,,,.*l-1,,,,\r\n$/));

  it('is read back by an import: its first columns are those of the guide (S2-12, S2-13)', () =>
    expect(csvHead).toMatch(/^\ufefffirst_name,last_name,linkedin_url,company_name,title,/));
});
