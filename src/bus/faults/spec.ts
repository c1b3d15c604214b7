/**
 * What can be made to go wrong on the wire, as plain data. Each is one verb and what it is aimed at;
 * services know nothing of it. Upstream: none, these are the accidents of real networks.
 */
import type { Micros } from "../../kernel/index.js";

/** When: from `after` on (default at once), for as long as `for` (default until it is healed). */
export interface Window {
  readonly after?: Micros | undefined;
  readonly for?: Micros | undefined;
}

/** Which messages: those that fit everything that is given. */
export interface MessageAim extends Window {
  /** `compute`, which `compute.h1` belongs to; of notifications `notifications`. */
  readonly topic?: string | undefined;
  /** The method; of notifications the event type. */
  readonly method?: string | undefined;
  /** Who asked: a process or a host. */
  readonly from?: string | undefined;
  /** Who is to act: a process or a host. A request is then struck where it arrives. */
  readonly host?: string | undefined;
  /** Only the n-th that fits, counted from 1 since the fault was declared. */
  readonly nth?: number | undefined;
  /** How many are struck at most; default 1, and all of a window that has `for`. */
  readonly times?: number | undefined;
  /** Default: requests. */
  readonly of?: MessageKind | undefined;
}

export type MessageKind = "request" | "reply" | "notification";
export const MESSAGE_KINDS: readonly MessageKind[] = ["request", "reply", "notification"];

/** The two messages of one reply: the value, and the end marker after it (RPC-43). */
export type ReplyPart = "value" | "ending";

export interface DropAim extends MessageAim {
  /** Only this one of the two messages of a reply. */
  readonly part?: ReplyPart | undefined;
}

export interface DelayAim extends MessageAim {
  readonly by: Micros;
}

export interface ReorderAim extends MessageAim {
  /** How long to wait for a message that overtakes; default 10 s. */
  readonly within?: Micros | undefined;
}

export interface StallAim extends Window {
  /** A process or a host. */
  readonly host: string;
  readonly topic?: string | undefined;
}

/** From where to where nothing gets: `in` to the host, `out` of it. */
export type CutDirection = "in" | "out" | "both";
export const CUT_DIRECTIONS: readonly CutDirection[] = ["in", "out", "both"];

export interface CutAim extends Window {
  readonly host: string;
  readonly direction?: CutDirection | undefined;
}

export interface BrokerRestart {
  /** How long it is down; default 1 s. */
  readonly down?: Micros | undefined;
}

export type WireFaultSpec =
  | { readonly drop: DropAim }
  | { readonly delay: DelayAim }
  | { readonly duplicate: MessageAim }
  | { readonly reorder: ReorderAim }
  /** The reply is dropped after the work was done. */
  | { readonly lose_reply: Omit<DropAim, "of"> }
  /** A consumer takes nothing, though it is there: what the broker gives it waits. */
  | { readonly stall: StallAim }
  /** Nothing gets through, on the bus or by REST, and nobody is told. */
  | { readonly cut_off: CutAim }
  | { readonly restart_broker: BrokerRestart };

export const WIRE_VERBS = [
  "drop",
  "delay",
  "duplicate",
  "reorder",
  "lose_reply",
  "stall",
  "cut_off",
  "restart_broker",
] as const;
export type WireVerb = (typeof WIRE_VERBS)[number];
