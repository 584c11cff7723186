import { seededBetween } from '@overture/kernel';

const answers = [
  'Thanks for reaching out. Can you send me a few details?',
  'Interesting, let us talk next week.',
  'Not for us at the moment, but thank you.',
  'Could you tell me what this costs?',
  'I have passed this on to a colleague.',
  'Sounds good. Tuesday afternoon works for me.',
  'Please take me off your list.',
  'Who gave you my name?',
] as const;

const greetings = [
  'Thanks for connecting. What does your company do?',
  'Hello, I saw we have contacts in common.',
  'Good to be connected. Are you hiring at the moment?',
] as const;

export function answerText(seed: string): string {
  return answers[seededBetween(seed, 0, answers.length - 1)]!;
}

export function greetingText(seed: string): string {
  return greetings[seededBetween(seed, 0, greetings.length - 1)]!;
}
