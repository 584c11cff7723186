import { namesInUrl, personNames } from './person-names.js';

describe('The names of a person (F047)', () => {
  it('are each listed once, whichever way they were shown', () =>
    expect(
      personNames({
        ids: { numericId: '7', memberId: 'ACoAAB12cdEF', handle: 'ada-vale' },
        profileUrl: 'https://www.linkedin.com/in/Ada-Vale/',
      }),
    ).toEqual([
      { kind: 'id', value: '7' },
      { kind: 'member', value: 'ACoAAB12cdEF' },
      { kind: 'handle', value: 'ada-vale' },
    ]));

  it('are none where nothing names a person', () => {
    expect(personNames({ ids: {} })).toEqual([]);
    expect(namesInUrl('https://www.linkedin.com/company/acme')).toEqual([]);
  });
});
