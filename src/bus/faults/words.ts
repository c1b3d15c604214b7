/** A fault in words, as timelines and warnings name it. */
import type { Micros } from "../../kernel/index.js";
import type { MessageAim, WireFaultSpec, Window } from "./spec.js";

/** `drop write_note on exampleservice to h1`. */
export function faultText(spec: WireFaultSpec): string {
  if ("drop" in spec) return `drop ${only(spec.drop.part)}${messages(spec.drop)}`;
  if ("delay" in spec) return `delay ${messages(spec.delay)} by ${time(spec.delay.by)}`;
  if ("duplicate" in spec) return `duplicate ${messages(spec.duplicate)}`;
  if ("reorder" in spec) return `reorder ${messages(spec.reorder)}`;
  if ("lose_reply" in spec) {
    const { part, ...aim } = spec.lose_reply;
    return `lose ${only(part)}${messages({ ...aim, of: "reply" })}`;
  }
  if ("stall" in spec) {
    const { host, topic } = spec.stall;
    return `stall ${host}${topic === undefined ? "" : ` on ${topic}`}${window(spec.stall)}`;
  }
  if ("cut_off" in spec) {
    const { host, direction = "both" } = spec.cut_off;
    const way =
      direction === "both" ? "" : ` one way, ${direction === "in" ? "inwards" : "outwards"}`;
    return `cut off ${host}${way}${window(spec.cut_off)}`;
  }
  return `restart the broker, down for ${time(spec.restart_broker.down ?? DEFAULT_DOWN)}`;
}

/** How long the broker is down unless somebody says otherwise. */
export const DEFAULT_DOWN: Micros = 1_000_000;

const only = (part: string | undefined): string => (part === undefined ? "" : `the ${part} of `);

function messages(aim: MessageAim): string {
  const { topic, method, from, host, nth, times, of = "request" } = aim;
  const words = [
    nth === undefined ? "" : `number ${String(nth)} of `,
    of === "reply" ? "the reply to " : of === "notification" ? "notification " : "",
    method ?? (of === "reply" ? "any call" : "any"),
    topic === undefined ? "" : ` on ${topic}`,
    from === undefined ? "" : ` from ${from}`,
    host === undefined ? "" : of === "reply" ? ` by ${host}` : ` to ${host}`,
    times === undefined || times === 1 ? "" : `, ${String(times)} times`,
    window(aim),
  ];
  return words.join("");
}

function window({ after, for: length }: Window): string {
  const begin = after === undefined ? "" : ` after ${time(after)}`;
  return length === undefined ? begin : `${begin} for ${time(length)}`;
}

const time = (micros: Micros): string =>
  micros < 1_000_000 ? `${String(micros / 1_000)} ms` : `${String(micros / 1_000_000)} s`;
