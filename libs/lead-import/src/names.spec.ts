import { personName, splitFullName } from './names.js';

describe('A name', () => {
  it.each([
    ['🚀 Rafael', 'Quintanar', 'Rafael', 'Quintanar'],
    ['Dr. Henrik', 'Ljungvall', 'Henrik', 'Ljungvall'],
    ['Prof. Dr. Klaus-Dieter', 'Achterfeld', 'Klaus-Dieter', 'Achterfeld'],
    ['Priyanka', 'Maheswar, PhD', 'Priyanka', 'Maheswar'],
    ['Nikolai', 'Vestergren MBA', 'Nikolai', 'Vestergren'],
    ['Chloé (she/her)', 'Dautrive', 'Chloé', 'Dautrive'],
    ['𝐀𝐝𝐚', 'Vale ✨', 'Ada', 'Vale'],
    ['Mary Ann', 'de la Cruz', 'Mary Ann', 'de la Cruz'],
    ['毛', '泽远', '毛', '泽远'],
    ['Drew', 'Mag Uidhir', 'Drew', 'Mag Uidhir'],
    ['🎯', '🚀', '', ''],
  ])('"%s" + "%s" is addressed as "%s" "%s"', (first, last, firstName, lastName) => {
    expect(personName(first, last)).toEqual({ firstName, lastName });
  });

  it.each([
    ['Ada Vale', 'Ada', 'Vale'],
    ['Dr. Ada Maria Vale, PhD', 'Ada', 'Maria Vale'],
    ['Vale, Ada', 'Ada', 'Vale'],
    ['Madonna', 'Madonna', ''],
    ['', '', ''],
  ])('"%s" written in one cell is split', (full, firstName, lastName) => {
    expect(splitFullName(full)).toEqual({ firstName, lastName });
  });
});
