export {};
export { createDatabase, letConnect, provisionSchema, type SchemaPasswords } from './provision.js';
