import { metrics } from '@opentelemetry/api';

const meter = metrics.getMeter('@overture/messaging');

/** What operators watch: each has an alarm in the runbooks when it does not stop growing (P13). */
export const counters = {
  handled: meter.createCounter('overture.messaging.events.handled'),
  refused: meter.createCounter('overture.messaging.events.refused', {
    description: 'Events whose effect a rule refused',
  }),
  retried: meter.createCounter('overture.messaging.events.retried'),
  parked: meter.createCounter('overture.messaging.streams.parked'),
  gaps: meter.createCounter('overture.messaging.streams.gaps', {
    description: 'Holes that were closed by reading from the owner',
  }),
  published: meter.createCounter('overture.messaging.events.published'),
  rewound: meter.createCounter('overture.messaging.buckets.rewound'),
};
