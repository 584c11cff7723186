import { decodeText, splitCsv } from './split-csv.js';

describe('Dealing a CSV file to two campaigns', () => {
  it('keeps the notes and the header of a LinkedIn export in both parts', () => {
    const file =
      'Notes:\r\n"see, here"\r\n\r\nFirst Name,Last Name,URL\r\nA,1,u1\r\nB,2,u2\r\nC,3,u3\r\n';
    const top = 'Notes:\r\n"see, here"\r\n\r\nFirst Name,Last Name,URL\r\n';
    expect(splitCsv(file)).toEqual([`${top}A,1,u1\r\nC,3,u3\r\n`, `${top}B,2,u2\r\n`]);
  });

  it('does not cut a quoted line break', () => {
    const file = 'first_name;linkedin_url\n"A\nB";u1\nC;u2';
    expect(splitCsv(file)).toEqual([
      'first_name;linkedin_url\n"A\nB";u1\n',
      'first_name;linkedin_url\nC;u2\n',
    ]);
  });

  it('reads the encodings spreadsheets write', () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('Zoë', 'utf16le')]);
    expect(decodeText(utf16)).toBe('Zoë');
    expect(decodeText(Buffer.from('\uFEFFZoë'))).toBe('Zoë');
  });
});
