import { textLengthMax } from './text-limits.js';

it('Texts are as long as LinkedIn takes them from each tier (S3-04..06, S3-10)', () => {
  expect(textLengthMax('connect', 'classic')).toBe(200);
  expect(textLengthMax('connect', 'premium')).toBe(280);
  expect(textLengthMax('message', 'classic')).toBe(2_000);
  expect(textLengthMax('comment', 'classic')).toBe(1_000);
});
