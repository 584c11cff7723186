import { allows } from './scopes.js';

describe('A scope', () => {
  it('to write includes reading, not the other way round', () => {
    expect(allows(['leads:write'], 'leads:read')).toBe(true);
    expect(allows(['leads:read'], 'leads:write')).toBe(false);
    expect(allows(['leads:write'], 'campaigns:read')).toBe(false);
  });

  it('of everything ends at the workspace', () => {
    expect(allows(['*'], 'webhooks:write')).toBe(true);
    expect(allows(['*'], 'installation')).toBe(false);
  });
});
