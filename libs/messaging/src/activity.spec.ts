import { Activity } from './activity.js';

describe('Activity', () => {
  it('counts what is in flight and what has begun', async () => {
    const activity = new Activity();
    const end = activity.begin();
    expect(activity.report()).toEqual({ busy: 1, activity: 1, published: {} });
    end();
    end();
    expect(activity.report()).toMatchObject({ busy: 0, activity: 1 });
    await expect(activity.during(() => Promise.reject(new Error('failed')))).rejects.toThrow();
    expect(activity.report()).toMatchObject({ busy: 0, activity: 2 });
  });

  it('adds what waits, and tells how far things are published and settled', () => {
    const activity = new Activity();
    activity.addBacklog(() => 2);
    activity.publishedUpTo(3, 10);
    activity.publishedUpTo(3, 8);
    activity.follow(() => ({ 3: 9 }));
    expect(activity.report()).toEqual({
      busy: 2,
      activity: 0,
      published: { 3: 10 },
      settled: { 3: 9 },
    });
    activity.forgetPublished();
    expect(activity.report().published).toEqual({});
  });
});
