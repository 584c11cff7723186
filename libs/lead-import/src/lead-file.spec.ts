import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { LeadFile, type ReadOptions } from './lead-file.js';
import type { LeadRow } from './row-batch.js';

interface WholeFile {
  readonly file: LeadFile;
  readonly rows: readonly LeadRow[];
}

async function readWhole(content: string | Buffer, options?: ReadOptions): Promise<WholeFile> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return readChunks([bytes], options);
}

async function readChunks(chunks: readonly Buffer[], options?: ReadOptions): Promise<WholeFile> {
  const file = await LeadFile.open(inChunks(chunks), options);
  const rows: LeadRow[] = [];
  for await (const batch of file.batches()) rows.push(...batch);
  return { file, rows };
}

async function* inChunks(chunks: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* chunks;
}

const guide = 'first_name,last_name,linkedin_url,company_name,title';
const ada = 'Ada,Vale,https://www.linkedin.com/in/ada-vale,Vale Ltd,CEO';

describe('A file with the columns of the guide (S2-12, S2-13)', () => {
  it('becomes leads, each with the line on which it stands', async () => {
    const { rows } = await readWhole(`${guide}\n${ada}\n\nBo,Li,linkedin.com/in/bo-li,,\n`);
    expect(rows).toEqual([
      { row: 2, lead: lead({ companyName: 'Vale Ltd', title: 'CEO' }) },
      {
        row: 4,
        lead: lead({ firstName: 'Bo', lastName: 'Li', linkedinUrl: 'linkedin.com/in/bo-li' }),
      },
    ]);
  });

  it.each([
    [',Vale,https://www.linkedin.com/in/a,,', 'name/missing', 'first_name is empty.'],
    ['Ada,,https://www.linkedin.com/in/a,,', 'name/missing', 'last_name is empty.'],
    ['Ada,Vale,,,', 'url/missing', 'linkedin_url is empty.'],
    ['Ada,Vale,https://www.linkedin.com/company/vale,,', 'url/refused', expect.any(String)],
    ['Ada,Vale,https://www.linkedin.com/in/,,', 'url/refused', expect.any(String)],
    ['Ada,Vale', 'url/missing', 'linkedin_url is empty.'],
    ['A\0da,Vale,linkedin.com/in/a,,', 'row/damaged', 'first_name contains a NUL byte.'],
    [guide, 'row/repeats-header', 'This row repeats the header.'],
  ])('refuses %j with a reason (S3-25, F046)', async (line, code, message) => {
    const { rows } = await readWhole(`${guide}\n${line}\n${ada}`);
    expect(rows[0]).toEqual({ row: 2, problem: { code, message } });
    expect(rows[1]?.lead).toBeDefined();
  });

  it('is refused as a whole without a required column, and told which', async () => {
    const headless = readWhole('first_name,company\nAda,Vale Ltd\n');
    await expect(headless).rejects.toThrow(/last_name, linkedin_url not found/);
    await expect(readWhole('')).rejects.toThrow('The file holds no table.');
  });

  it("is read by the caller's own mapping where the headers say nothing", async () => {
    const mapping = { A: 'first_name', B: 'lastName', C: 'linkedin_url', D: 'ignore', E: 'Pet' };
    const { rows, file } = await readWhole('A,B,C,D,E\nAda,Vale,linkedin.com/in/a,x,cat', {
      mapping,
    });
    expect(file.columns.map(({ field }) => field)).toEqual([
      'firstName',
      'lastName',
      'linkedinUrl',
      'ignore',
      'customFields.pet',
    ]);
    expect(rows[0]?.lead?.customFields).toEqual({ pet: 'cat' });
  });
});

describe("LinkedIn's own export", () => {
  it('is read below its notes, with its dirt', async () => {
    const sample = join(__dirname, '../../../samples/connections.csv');
    const file = await LeadFile.open(createReadStream(sample));
    const rows: LeadRow[] = [];
    for await (const batch of file.batches()) rows.push(...batch);
    expect(file.headerLine).toBe(4);
    expect(file.columns.map(({ field }) => field).slice(0, 6)).toEqual([
      'firstName',
      'lastName',
      'linkedinUrl',
      'email',
      'companyName',
      'title',
    ]);
    expect(rows).toHaveLength(82);
    const refused = rows.filter(({ problem }) => problem !== undefined);
    expect(refused.map(({ row, problem }) => [row, problem?.code])).toEqual([
      [31, 'url/refused'],
      [37, 'name/missing'],
      [50, 'url/missing'],
    ]);
    expect(rows[0]?.lead?.customFields).toEqual({ connected_on: '03 Mar 2025' });
  });
});

describe('Another dialect', () => {
  const table = `Vorname;Nachname;Profil-URL\r\nJürgen;Süß;linkedin.com/in/juergen\r\n`;
  const expected = lead({
    firstName: 'Jürgen',
    lastName: 'Süß',
    linkedinUrl: 'linkedin.com/in/juergen',
  });

  it.each([
    ['UTF-8', 'utf-8', Buffer.from(table)],
    ['UTF-8 with BOM', 'utf-8', Buffer.from(`\ufeff${table}`)],
    ['UTF-16 LE with BOM', 'utf-16le', Buffer.from(`\ufeff${table}`, 'utf16le')],
    ['UTF-16 LE', 'utf-16le', Buffer.from(table, 'utf16le')],
    ['UTF-16 BE', 'utf-16be', iconv.encode(table, 'utf-16be', { addBOM: false })],
    ['UTF-16 BE with BOM', 'utf-16be', iconv.encode(table, 'utf-16be', { addBOM: true })],
    ['windows-1252', 'windows-1252', iconv.encode(table, 'win1252')],
  ])('%s is recognized, whole and byte by byte', async (_, encoding, bytes) => {
    for (const chunks of [[bytes], [...bytes].map((byte) => Buffer.from([byte]))]) {
      const { rows, file } = await readChunks(chunks);
      expect(rows).toEqual([{ row: 2, lead: expected }]);
      expect(file.encoding).toBe(encoding);
      expect(file.dialect).toEqual({ delimiter: ';', newline: '\n' });
    }
  });

  it('is told from accents that come late', async () => {
    const lines = Array.from({ length: 3_000 }, (_, at) => `Ann,Vale,linkedin.com/in/a${at},Co,x`);
    const text = [guide, ...lines, 'José,Peña,linkedin.com/in/jose,,'].join('\n');
    const { rows, file } = await readWhole(iconv.encode(text, 'win1252'));
    expect(file.encoding).toBe('windows-1252');
    expect(rows.at(-1)?.lead?.lastName).toBe('Peña');
  });

  it.each([
    ['tab', 'First name\tLast name\tLinkedIn profile\nAda\tVale\tlinkedin.com/in/ada'],
    ['pipe', 'First name|Last name|LinkedIn profile\nAda|Vale|linkedin.com/in/ada'],
    ['old Macintosh', 'First name,Last name,LinkedIn profile\rAda,Vale,linkedin.com/in/ada\r'],
    ["Excel's sep line", 'sep=;\nFirst name;Last name;Link\nAda;Vale;linkedin.com/in/ada'],
  ])('with %s is understood', async (_, text) => {
    const { rows } = await readWhole(text);
    expect(rows.map((row) => row.lead?.firstName)).toEqual(['Ada']);
  });

  it('that is no CSV at all is named', async () => {
    await expect(readWhole(Buffer.from('PK\x03\x04rest'))).rejects.toThrow(/Excel workbook/);
    await expect(readWhole(Buffer.from('%PDF-1.7'))).rejects.toThrow(/PDF/);
  });
});

function lead(fields: object): object {
  return {
    firstName: 'Ada',
    lastName: 'Vale',
    linkedinUrl: 'https://www.linkedin.com/in/ada-vale',
    companyName: '',
    title: '',
    email: '',
    timeZone: '',
    pickedSource: '',
    pickedBecause: '',
    companyWebsite: '',
    customFields: {},
    ...fields,
  };
}
