import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

/** A file of people as LinkedIn writes it, with one row in fifty that repeats an earlier one. */
export async function writeImportFile(path: string, rows: number, seed: string): Promise<void> {
  const file = createWriteStream(path);
  file.write('First Name,Last Name,URL,Email Address,Company,Position,Connected On\r\n');
  for (let row = 0; row < rows; row++) {
    const who = row % 50 === 49 ? row - 40 : row;
    const more = `person${row}@example.com,"Works ${row % 5_000}, Inc.",Head of things,02 Mar 2026`;
    const url = `https://www.linkedin.com/in/${seed}-person-${who}`;
    if (!file.write(`Ada${row},Vale${row},${url},${more}\r\n`)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
}
