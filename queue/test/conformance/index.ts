import { afterEach, beforeEach, describe } from '@jest/globals';

import { openQueueUnderTest } from '../support.ts';
import type { BackendFor, QueueUnderTest } from '../support.ts';
import { describeEnqueueing } from './enqueueing.ts';
import { describeOrder } from './order.ts';
import { describeOutcomes } from './outcomes.ts';
import { describeSchedules } from './schedules.ts';
import { describeWorkers } from './workers.ts';

/** What every backend must do. */
export function describeQueue(name: string, backendFor: BackendFor): void {
  describe(`queue on ${name}`, () => {
    let opened: QueueUnderTest;
    const it = () => opened;

    beforeEach(async () => {
      opened = await openQueueUnderTest(backendFor);
    });

    afterEach(async () => {
      await opened.close();
    });

    describeEnqueueing(it);
    describeOutcomes(it);
    describeOrder(it);
    describeWorkers(it, backendFor);
    describeSchedules(it);
  });
}
