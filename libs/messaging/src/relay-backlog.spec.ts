import { RelayBacklog } from './relay-backlog.js';

const bucket = (n: number, tenantId = 'mine') => ({ tenantId, bucket: n });
const row = (n: number, position: number) => ({ tenant_id: 'mine', bucket: n, position });

function looked() {
  const backlog = new RelayBacklog(({ tenantId }) => tenantId === 'mine');
  backlog.looking();
  backlog.looked([row(1, 10)]);
  return backlog;
}

describe('What the relay has to publish', () => {
  it('is unknown at first, and counts as work', () =>
    expect(new RelayBacklog(() => true)).toMatchObject({ needsLook: true, amount: 1 }));

  it('is what grew, from where its cursor stands', () => {
    const backlog = looked();
    expect(backlog.amount).toBe(1);
    expect(backlog.take(5)).toEqual([{ ...bucket(1), readUpTo: 10 }]);
    expect([backlog.amount, backlog.needsLook]).toEqual([0, false]);
    expect(backlog.wake(bucket(1))).toBe(true);
    expect([backlog.amount, backlog.needsLook]).toEqual([1, false]);
  });

  it('needs a look at the cursors for a bucket never seen before', () => {
    const backlog = looked();
    backlog.wake(bucket(2));
    expect(backlog.needsLook).toBe(true);
  });

  it('is none of its business when the bucket is somebody else’s', () => {
    const backlog = looked();
    expect(backlog.wake(bucket(1, 'other'))).toBe(false);
    expect(backlog.needsLook).toBe(false);
  });

  it('does not go back to the cursor while what was read is on its way', () => {
    const backlog = looked();
    const [own] = backlog.take(1);
    if (own) own.readUpTo = 25;
    backlog.looked([row(1, 10)]);
    expect(backlog.take(1)).toEqual([{ ...bucket(1), readUpTo: 25 }]);
  });
});
