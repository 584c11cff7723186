import { setTimeout as sleep } from 'node:timers/promises';
import { TransientError } from '@overture/kernel';

const pauseMs = 200;
const tries = 50;

/**
 * Records what came of a call although the database may be away for a moment. When it stays away longer than the
 * hold lasts, whoever takes over finds a started attempt and reads it back.
 */
export async function untilRecorded<T>(record: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await record();
    } catch (error) {
      if (!(error instanceof TransientError) || attempt === tries) throw error;
    }
    await sleep(pauseMs);
  }
}
