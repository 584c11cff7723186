// English only, as most of what people get is. Each has been read a hundred times by whoever is worth writing to.
const phrases = [
  'I hope (?:this|my) (?:message|e-?mail|note) finds you well',
  'I (?:came|stumbled) (?:across|upon) your profile',
  '(?:add|invite) you to my (?:professional )?network',
  '(?:expand|grow|extend) my (?:professional )?network',
  'dear (?:sir|madam|sirs)',
  'to whom it may concern',
  'pick your brain',
  'touch(?:ing)? base',
  'circl(?:e|ing) back',
  'jump on a (?:quick )?call',
  'hop on a (?:quick )?call',
  'quick (?:15|20|30)[- ]minute (?:call|chat)',
  'just (?:checking in|following up|bumping this)',
  'game[- ]chang(?:er|ing)',
  'cutting[- ]edge',
  'best[- ]in[- ]class',
  'world[- ]class',
  'next[- ]level',
  'one[- ]stop[- ]shop',
  'synerg(?:y|ies)',
  '10x your',
  '(?:double|triple|skyrocket|boost) your (?:sales|revenue|leads|business|roi)',
  '(?:limited[- ]time|special|exclusive) offer',
  'act now',
  'no obligation',
  '100 ?% (?:free|guaranteed)',
  'risk[- ]free',
  'guaranteed results',
];

/** Openings and promises that say the message was written for nobody in particular (S2-53). */
export const genericPitch = new RegExp(
  `(?<![\\p{L}\\d])(?:${phrases.map((phrase) => phrase.replaceAll(' ', '\\s+')).join('|')})(?![\\p{L}\\d])`,
  'giu',
);
