import type { FieldProblem } from '@overture/kernel';
import { isZone } from './zones.js';

/** Local time on some days of the week; `from` after `until` crosses midnight into the next day. */
export interface LocalWindow {
  /** ISO weekdays on which the window opens, 1 is Monday. */
  readonly weekdays: readonly number[];
  /** Local wall time, HH:MM. `until` is the first minute outside; 24:00 is the end of the day. */
  readonly from: string;
  readonly until: string;
}

/** When a campaign may act: in the lead's zone, else in `fallbackZone` (S2-36, S2-37, S4-42). */
export interface Schedule {
  readonly windows: readonly LocalWindow[];
  readonly fallbackZone: string;
  /** Local dates (YYYY-MM-DD) on which nothing is sent; they close the windows that open on them. */
  readonly daysOff: readonly string[];
  /** What it does on public holidays; absent: `skip` (F037). */
  readonly holidays?: 'skip' | 'work';
}

/** Public holidays of a region as local dates (YYYY-MM-DD): facts for the rules, from a calendar elsewhere. */
export interface RegionDays {
  /** ISO 3166: PT, US, DE-BY. */
  readonly region: string;
  readonly days: readonly string[];
  /** ISO weekdays of its weekend, where that is not Saturday and Sunday. */
  readonly weekend?: readonly number[];
}

/** Monday to Friday, 09:00 to 17:00: weekends are skipped unless somebody asks for them (S2-37). */
export const defaultSchedule: Schedule = {
  windows: [{ weekdays: [1, 2, 3, 4, 5], from: '09:00', until: '17:00' }],
  fallbackZone: 'Etc/UTC',
  daysOff: [],
};

export const windowsMax = 50;
export const daysOffMax = 1_000;

const holidayChoices: ReadonlySet<string> = new Set(['skip', 'work']);
const wallTime = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const endOfDay = '24:00';
const localDate = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

/** Every way in which a schedule could not be kept; paths are relative to the schedule. */
export function scheduleProblems(schedule: Schedule): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (!isZone(schedule.fallbackZone)) {
    problems.push(problem('/fallbackZone', `"${schedule.fallbackZone}" is not an IANA time zone.`));
  }
  if (schedule.windows.length === 0) {
    problems.push(problem('/windows', 'At least one window is needed, or nothing is ever sent.'));
  }
  if (schedule.windows.length > windowsMax || schedule.daysOff.length > daysOffMax) {
    problems.push(problem('', `At most ${windowsMax} windows and ${daysOffMax} days off.`));
  }
  schedule.windows.forEach((window, index) => {
    problems.push(...windowProblems(window, `/windows/${index}`));
  });
  if (schedule.holidays !== undefined && !holidayChoices.has(schedule.holidays)) {
    problems.push(problem('/holidays', 'Expected skip or work.'));
  }
  schedule.daysOff.forEach((day, index) => {
    if (!localDate.test(day)) problems.push(problem(`/daysOff/${index}`, 'Expected YYYY-MM-DD.'));
  });
  return problems;
}

function windowProblems(window: LocalWindow, path: string): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const known = window.weekdays.every((day) => Number.isInteger(day) && day >= 1 && day <= 7);
  if (!known || window.weekdays.length === 0) {
    problems.push(problem(`${path}/weekdays`, 'Expected ISO weekdays, 1 (Monday) to 7 (Sunday).'));
  }
  if (!wallTime.test(window.from)) problems.push(problem(`${path}/from`, 'Expected HH:MM.'));
  if (!wallTime.test(window.until) && window.until !== endOfDay) {
    problems.push(problem(`${path}/until`, 'Expected HH:MM, at most 24:00.'));
  }
  if (window.from === window.until) {
    problems.push(problem(path, 'The window is empty: it closes when it opens.'));
  }
  return problems;
}

function problem(path: string, message: string): FieldProblem {
  return { path, message };
}
