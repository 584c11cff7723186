export { daysOffOf, holidaysOf, type DaysOff, type Holiday } from './holidays.js';
export { isRegion, regionOfZone, restDaysOf } from './regions.js';
