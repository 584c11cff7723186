/** Working hours as the rules keep them: the shape of a schedule of libs/policy. */
export interface Hours {
  readonly windows: readonly HoursWindow[];
  readonly fallbackZone: string;
  readonly daysOff: readonly string[];
  readonly holidays?: 'skip' | 'work';
}

interface HoursWindow {
  readonly weekdays: readonly number[];
  readonly from: string;
  readonly until: string;
}

/** The same in the words of the contract, where what was not said is empty text. */
interface HoursMessage extends Omit<Hours, 'holidays'> {
  readonly holidays: string;
}

/** From the contract; `zone` where the message names none. */
export function hoursOf(message: HoursMessage, zone = 'Etc/UTC'): Hours {
  const { windows, fallbackZone, daysOff, holidays } = message;
  return {
    windows: windows.map(({ weekdays, from, until }) => ({ weekdays, from, until })),
    fallbackZone: fallbackZone || zone,
    daysOff,
    // A word of a newer release counts as skip; in a request the rules refuse it by name.
    ...(holidays !== '' && { holidays: holidays as 'skip' | 'work' }),
  };
}

/** To the contract: a copy that may be written into, as messages want it. */
export function hoursMessage({ windows, fallbackZone, daysOff, holidays }: Hours) {
  return {
    windows: windows.map(({ weekdays, from, until }) => ({ weekdays: [...weekdays], from, until })),
    fallbackZone,
    daysOff: [...daysOff],
    holidays: holidays ?? '',
  };
}
