/** Topics that faults may be aimed at: those that somebody listens at just now. */
import { describe } from "../../text/complaints.js";
import type { Bus } from "../../bus/index.js";
import type { FaultSpec } from "../../faults/index.js";
import { DriverError } from "../../kernel/index.js";
import { didYouMeanOrSome } from "../../text/nearest.js";

/** @throws DriverError for a topic of `spec` that has no queue, and would never strike */
export function assertTopic(bus: Bus, spec: FaultSpec): void {
  for (const verb of Object.keys(spec)) {
    const aim: unknown = Reflect.get(spec, verb);
    if (typeof aim !== "object" || aim === null || !("topic" in aim)) continue;
    const topic: unknown = aim.topic;
    if (typeof topic === "string") assertKnown(bus, topic, verb);
  }
}

function assertKnown(bus: Bus, topic: string, where: string): void {
  const names = bus.queues().map(({ name }) => name);
  if (topic.startsWith("notifications") || names.some((name) => belongs(name, topic))) return;
  const topics = [...new Set(bus.servers().map((server) => server.topic))].sort();
  throw new DriverError(
    `${where}: nobody listens at topic ${describe(topic)}. ${didYouMeanOrSome(topic, topics)}`,
  );
}

/** `compute.h1` belongs to `compute`. */
const belongs = (queue: string, topic: string): boolean =>
  queue === topic || queue.startsWith(`${topic}.`) || queue.startsWith(`${topic}_`);
