/** What the bus publishes about itself: one observation for each thing that befalls a message. */
import type { Cause, Kernel, Observation } from "../kernel/index.js";
import type { SerializedFailure } from "./rpc/failure.js";
import type { Message } from "./message.js";

/** A message on its way. `id` ties all that happens to one message together. */
export interface RpcSent extends Observation {
  readonly kind: "rpc.call" | "rpc.cast" | "rpc.fanout";
  readonly id: number;
  /** `_msg_id` of a call: what errors and logs name it by. */
  readonly msg_id?: string;
  readonly from: string;
  readonly exchange: string;
  readonly topic: string;
  readonly server: string | undefined;
  readonly namespace: string | undefined;
  readonly version: string | undefined;
  readonly method: string;
  readonly args: unknown;
}

/** A consumer took it from its queue, and sees to it. */
export interface RpcDelivered extends Observation {
  readonly kind: "rpc.delivered";
  readonly id: number;
  readonly to: string;
  readonly queue: string;
}

/** A consumer took it from its queue and has no place for it in its pool: `rpc.delivered` is to follow. */
export interface RpcWaits extends Observation {
  readonly kind: "rpc.waits";
  readonly id: number;
  readonly to: string;
  readonly queue: string;
}

export interface RpcReply extends Observation {
  readonly kind: "rpc.reply";
  readonly id: number;
  readonly from: string;
  readonly to: string;
  readonly result: unknown;
  /** One of several values, or the end after them. */
  readonly part?: "value" | "end";
}

export interface RpcFailure extends Observation {
  readonly kind: "rpc.failure";
  readonly id: number;
  readonly from: string;
  readonly to: string;
  readonly failure: SerializedFailure;
}

/** `rpc.timeout`: the caller stopped waiting. `rpc.lost`: nobody will ever get it, and why. */
export interface RpcUndone extends Observation {
  readonly kind: "rpc.timeout" | "rpc.lost";
  readonly id: number;
  readonly why: string;
}

export interface NotificationSent extends Observation {
  readonly kind: "notification";
  readonly publisher_id: string;
  readonly event_type: string;
  readonly priority: string;
  readonly payload: unknown;
  readonly topic: string;
}

export type BusObservation =
  RpcSent | RpcDelivered | RpcWaits | RpcReply | RpcFailure | RpcUndone | NotificationSent;

/**
 * Publish that nobody will ever get `message`. Of a notification nobody is told: none is owed to
 * anybody, and it has no number to be known by.
 */
export function observeLost(
  kernel: Kernel,
  message: Message,
  why: string,
  cause: Cause = message.cause,
): void {
  if (message.kind === "notification") return;
  const { from: actor, request, id, detail } = message;
  kernel.observe<RpcUndone>({ kind: "rpc.lost", actor, request, id, why }, cause, detail);
}
