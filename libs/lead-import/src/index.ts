export { cleanLine } from './clean.js';
export type { ColumnField, MappedColumn } from './columns.js';
export type { Encoding } from './decode.js';
export type { Delimiter, Dialect } from './dialect.js';
export type { ImportedLead, LeadOrProblem, RowProblem, RowProblemCode } from './lead.js';
export { LeadFile, type ReadOptions } from './lead-file.js';
export { defaultLimits, type ImportLimits } from './limits.js';
export { personName, splitFullName, type PersonName } from './names.js';
export type { LeadRow } from './row-batch.js';
