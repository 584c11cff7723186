/** What an instance holds, without its class. */
export type Plain<T> = { [K in keyof T]: T[K] };

/** The checked fields of a body or query, as the data they are. */
export function plain<T extends object>(checked: T): Plain<T> {
  return Object.assign({}, checked);
}
