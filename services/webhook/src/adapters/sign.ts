import { createHmac } from 'node:crypto';

/**
 * The `webhook-signature` of Standard Webhooks 1.0: over id, timestamp and the exact bytes sent, one signature for
 * each secret, so that a rotation has no gap.
 */
export function signatures(
  secrets: readonly string[],
  { id, timestamp, body }: { id: string; timestamp: number; body: string },
): string {
  return secrets
    .map((secret) => {
      const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
      const digest = createHmac('sha256', key)
        .update(`${id}.${timestamp}.${body}`)
        .digest('base64');
      return `v1,${digest}`;
    })
    .join(' ');
}
