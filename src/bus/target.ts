/** Where a message goes, or where a server listens. Upstream: oslo/messaging/target.py. */

export interface Target {
  /** Default: the control exchange of the process. */
  readonly exchange?: string | undefined;
  readonly topic?: string | undefined;
  /** One host; without it, any server of the topic. */
  readonly server?: string | undefined;
  readonly namespace?: string | undefined;
  readonly version?: string | undefined;
  /** Every server of the topic. */
  readonly fanout?: boolean | undefined;
}

/** `compute.h1`: the queue of one host (CTX-01). */
export const queueGetFor = (topic: string, host: string): string => `${topic}.${host}`;
