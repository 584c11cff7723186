import { actionKinds } from './kinds.js';
import type { EffectiveLimits } from './limits.js';
import type { Schedule } from './schedule.js';

/** What an identity is held to. */
export interface PolicyInForce {
  readonly limits: EffectiveLimits;
  readonly hours?: Schedule;
}

/** A figure that lets more happen than before; absent: without bound. */
export interface Risk {
  /** Path of the figure: caps/connect/per24h, gapMs/min, hours. */
  readonly path: string;
  readonly from?: number;
  readonly to?: number;
}

/** Everything that a change makes riskier; empty when it may be made without a second look (F029). */
export function riskierIn(before: PolicyInForce, after: PolicyInForce): Risk[] {
  const [was, is] = [figuresOf(before), figuresOf(after)];
  return [...is].flatMap(([path, { figure, safe }]) => {
    const [from, to] = [was.get(path)?.figure, figure];
    return isRiskier({ from, to, safe })
      ? [{ path, ...given('from', from), ...given('to', to) }]
      : [];
  });
}

/** Whether a lower or a higher figure is the safer one. */
interface Figure {
  readonly figure: number | undefined;
  readonly safe: 'low' | 'high';
}

function figuresOf({ limits, hours }: PolicyInForce): ReadonlyMap<string, Figure> {
  const { caps, gapMs, kindGapMs, firstTouchGapMs, pendingInvitationsMax, notesPerMonth } = limits;
  const ofKinds = actionKinds.flatMap((kind): [string, Figure][] => [
    low(`caps/${kind}/per24h`, caps[kind].per24h),
    low(`caps/${kind}/per7d`, caps[kind].per7d),
    low(`caps/${kind}/perDay`, caps[kind].perDay),
    high(`kindGapMs/${kind}`, kindGapMs[kind]),
  ]);
  return new Map([
    ...ofKinds,
    high('gapMs/min', gapMs.min),
    high('gapMs/max', gapMs.max),
    high('firstTouchGapMs', firstTouchGapMs),
    low('pendingInvitationsMax', pendingInvitationsMax),
    low('notesPerMonth', notesPerMonth),
    low('hours', hours && minutesPerWeek(hours)),
    low('hours/holidays', hours && (hours.holidays === 'work' ? 1 : 0)),
  ]);
}

function low(path: string, figure: number | undefined): [string, Figure] {
  return [path, { figure, safe: 'low' }];
}

function high(path: string, figure: number): [string, Figure] {
  return [path, { figure, safe: 'high' }];
}

interface Change extends Pick<Figure, 'safe'> {
  readonly from: number | undefined;
  readonly to: number | undefined;
}

function isRiskier({ from, to, safe }: Change): boolean {
  const [was, is] = [from ?? Infinity, to ?? Infinity];
  return safe === 'low' ? is > was : is < was;
}

const minutesPerDay = 24 * 60;

function minutesPerWeek({ windows }: Schedule): number {
  return windows.reduce((sum, { weekdays, from, until }) => {
    const length = minuteOf(until) - minuteOf(from);
    return sum + weekdays.length * (length > 0 ? length : length + minutesPerDay);
  }, 0);
}

function minuteOf(wallTime: string): number {
  const [hours, minutes] = wallTime.split(':').map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}

function given<Key extends string>(key: Key, figure: number | undefined): { [K in Key]?: number } {
  return (figure === undefined ? {} : { [key]: figure }) as { [K in Key]?: number };
}
