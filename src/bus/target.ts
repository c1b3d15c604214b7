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

/** `repr(target)`: `<Target topic=compute, version=3.0>`. Upstream: Target.__repr__. */
export function targetText({
  exchange,
  topic,
  namespace,
  version,
  server,
  fanout,
}: Target): string {
  const attributes = Object.entries({ exchange, topic, namespace, version, server })
    .filter(([, value]) => value !== undefined && value !== "")
    .map(([name, value]) => `${name}=${String(value)}`);
  if (fanout === true) attributes.push("fanout=True");
  return `<Target ${attributes.join(", ")}>`;
}

/** `compute.h1`: the queue of one host (CTX-01). */
export const queueGetFor = (topic: string, host: string): string => `${topic}.${host}`;
