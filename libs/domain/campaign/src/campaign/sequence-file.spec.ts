import { InvalidInputError } from '@overture/kernel';
import { branchingSequence } from '../../test/branching.js';
import { connectorSequence } from '../../test/story.js';
import { readSequenceFile, writeSequenceFile } from './sequence-file.js';

const written = (sequence = branchingSequence): unknown =>
  JSON.parse(JSON.stringify(writeSequenceFile('connector', sequence)));

function pathsOf(change: (file: Record<string, unknown>) => void): string[] {
  const file = written() as Record<string, unknown>;
  change(file);
  try {
    readSequenceFile(file);
  } catch (error) {
    if (error instanceof InvalidInputError) return error.problems.map(({ path }) => path);
    throw error;
  }
  return [];
}

describe('A sequence as a file (F017)', () => {
  it('is read as it was written', () => {
    const { version: _, ...draft } = branchingSequence;
    expect(readSequenceFile(written())).toEqual({ type: 'connector', sequence: draft });
  });

  it('names its steps, so that they may be moved about in it', () => {
    const { sequence } = readSequenceFile(written(connectorSequence));
    expect(sequence.steps.map(({ id }) => id)).toEqual(['s1', 's2', 's3', 's4']);
  });

  it('says its format and the version of it', () =>
    expect(written()).toMatchObject({ format: 'overture.sequence', formatVersion: 1 }));

  it('is refused with the place of everything that is wrong', () => {
    expect(pathsOf((file) => (file['formatVersion'] = 2))).toEqual(['/formatVersion']);
    expect(pathsOf((file) => delete file['steps'])).toEqual(['/steps']);
    expect(pathsOf((file) => (file['colour'] = 'red'))).toEqual(['/colour']);
    expect(
      pathsOf((file) => (file['steps'] = [{ kind: 'dance', delayMs: '1', text: '' }])),
    ).toEqual(['/steps/0/kind', '/steps/0/delayMs']);
    expect(
      pathsOf((file) => {
        const steps = file['steps'] as { branch?: { days?: unknown } }[];
        steps[2]!.branch!.days = 'many';
      }),
    ).toEqual(['/steps/2/branch/days']);
  });

  it.each([null, 'text', [], 7])('is an object, not %j', (file) =>
    expect(() => readSequenceFile(file)).toThrow(InvalidInputError),
  );
});
