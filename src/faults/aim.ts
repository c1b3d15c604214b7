/**
 * Which messages a fault is aimed at, and the words for it. Services know nothing of it. Upstream:
 * none, these are the accidents of real networks.
 */
import { nthText, timesText, type Frequency } from "./tally.js";
import { windowText } from "./window.js";

/** Those that fit everything that is given. */
export interface MessageAim extends Frequency {
  /** `compute`, which `compute.h1` belongs to; of notifications `notifications`. */
  readonly topic?: string | undefined;
  /** The method; of notifications the event type. */
  readonly method?: string | undefined;
  /** Who asked: a process or a host. */
  readonly from?: string | undefined;
  /** Who is to act: a process or a host. A request is then struck where it arrives. */
  readonly host?: string | undefined;
  /** Default: requests. */
  readonly of?: MessageKind | undefined;
}

export type MessageKind = "request" | "reply" | "notification";
export const MESSAGE_KINDS: readonly MessageKind[] = ["request", "reply", "notification"];

/** `number 2 of the reply to write_note on exampleservice from demo, 3 times after 1 s`. */
export function messagesText(aim: MessageAim): string {
  const { topic, method, from, host, of = "request" } = aim;
  const words = [
    nthText(aim),
    of === "reply" ? "the reply to " : of === "notification" ? "notification " : "",
    method ?? (of === "reply" ? "any call" : "any"),
    topic === undefined ? "" : ` on ${topic}`,
    from === undefined ? "" : ` from ${from}`,
    host === undefined ? "" : of === "reply" ? ` by ${host}` : ` to ${host}`,
    timesText(aim),
    windowText(aim),
  ];
  return words.join("");
}

/** The processes and hosts that are named. */
export const placesOf = ({ host, from }: Pick<MessageAim, "host" | "from">): string[] =>
  [host, from].filter((place) => place !== undefined);

/** Whether `actor` (`nova-compute@compute-1`) is, or runs on, `whom`: a process with its workers, or a host. */
export const isOn = (actor: string, whom: string): boolean =>
  actor === whom || actor.endsWith(`@${whom}`) || actor.replace(/:\d+@/, "@") === whom;
