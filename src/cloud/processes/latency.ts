/** How long things take in a process and how fast it works: as its plan says, unless the cloud says otherwise. */
import { NONE, type Latencies, type ProcessPlan, type Rates } from "../../framework/project.js";
import type { Span } from "../../kernel/index.js";

/** What a cloud says of it. */
export type OwnLatency = Readonly<Partial<Record<string, Span | number>>>;

/** @param own what the cloud says */
export function latencyOf(
  { latency = NONE, rates = NONE }: ProcessPlan,
  own: OwnLatency = {},
): Latencies & Rates {
  const spans = Object.entries(latency).map(([key, usual]) => {
    const value = own[key];
    return [key, typeof value === "object" ? value : usual] as const;
  });
  const speeds = Object.entries(rates).map(([key, usual]) => {
    const value = own[key];
    return [key, typeof value === "number" ? value : usual] as const;
  });
  return Object.assign(Object.fromEntries(spans), Object.fromEntries(speeds));
}
