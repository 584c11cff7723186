import type { Instant } from '@overture/kernel';
import type { QueueName } from '@overture/planner';
import { Heap } from './heap.js';

/** An action that waits for its turn. */
export interface Waiting {
  readonly actionId: string;
  readonly enrollmentId: string;
  readonly leadId: string;
  readonly dueAt: Instant;
  readonly hasNote: boolean;
  /** Of a first contact. */
  readonly companyKey?: string;
  /** When it was due before its company kept it waiting. */
  readonly wantedAt?: Instant;
}

/** Actions about which every rule says the same, but for the instant each is due. */
export class Queue {
  /** From when on it is worth a look; undefined: nothing waits, or only an event helps. */
  slotAt: Instant | undefined;
  private front: Waiting | undefined;
  private readonly behind = new Heap<Waiting>(isDueBefore);

  constructor(
    readonly queueId: number,
    readonly name: QueueName,
    private readonly gone: ReadonlySet<string>,
  ) {}

  add(action: Waiting): void {
    const { head } = this;
    if (head === undefined || isDueBefore(action, head)) {
      if (head !== undefined) this.behind.push(head);
      this.front = action;
    } else {
      this.behind.push(action);
    }
    if (this.slotAt === undefined || action.dueAt < this.slotAt) this.slotAt = action.dueAt;
  }

  get head(): Waiting | undefined {
    if (this.front !== undefined && !this.gone.has(this.front.actionId)) return this.front;
    this.dropGone();
    this.front = this.behind.pop();
    return this.front;
  }

  /** Who is due after the head. */
  get second(): Waiting | undefined {
    this.dropGone();
    return this.behind.first;
  }

  take(): Waiting | undefined {
    const { head } = this;
    this.front = undefined;
    return head;
  }

  /** The head waits until then; whoever is behind it comes first. */
  setBack(until: Instant): void {
    const head = this.take();
    if (head !== undefined)
      this.add({ ...head, dueAt: until, wantedAt: head.wantedAt ?? head.dueAt });
  }

  private dropGone(): void {
    while (this.behind.first !== undefined && this.gone.has(this.behind.first.actionId)) {
      this.behind.pop();
    }
  }
}

/** The queues of one identity. */
export class Timetable {
  private readonly byName = new Map<string, Queue>();
  private readonly gone = new Set<string>();

  get queues(): Iterable<Queue> {
    return this.byName.values();
  }

  plan(name: QueueName, action: Waiting): void {
    const { kind, campaignId, zone, priority, firstTouch, hasNote = false } = name;
    const key = `${kind} ${campaignId} ${zone} ${priority} ${firstTouch} ${hasNote}`;
    let queue = this.byName.get(key);
    if (queue === undefined) {
      queue = new Queue(this.byName.size, name, this.gone);
      this.byName.set(key, queue);
    }
    queue.add(action);
  }

  drop(actionId: string): void {
    this.gone.add(actionId);
  }
}

function isDueBefore(a: Waiting, b: Waiting): boolean {
  return a.dueAt === b.dueAt ? a.actionId < b.actionId : a.dueAt < b.dueAt;
}
