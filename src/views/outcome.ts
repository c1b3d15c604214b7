/** How a message ended, in a word or two, and how well. */
import type { Exchange, RestExchange, RpcExchange } from "../timeline/index.js";
import { messageIn } from "./essence.js";
import { duration, safe } from "./words.js";

export interface Outcome {
  readonly text: string;
  readonly tone: "good" | "warn" | "bad" | "dim";
  /** What went wrong, in the words of who answered. */
  readonly why?: string | undefined;
}

/** A message that waits longer than this in its queue is worth a word. */
const LONG_WAIT = 1_000_000;

export function outcomeOf(exchange: Exchange): Outcome | undefined {
  return exchange.kind === "rest" ? restOutcome(exchange) : rpcOutcome(exchange);
}

function restOutcome({ sent, response }: RestExchange): Outcome {
  if (response === undefined) return { text: "no answer yet", tone: "warn" };
  const took = duration(response.at - sent.at);
  const error = response.error === undefined ? undefined : safe(response.error);
  if (response.status === 0) return { text: `no answer ${took}`, tone: "bad", why: error };
  const text = `${String(response.status)} ${took}`;
  if (response.status < 400) return { text, tone: "good" };
  const why = messageIn(response.body) ?? error;
  // Looking for a thing by a wrong name is how clients find its id.
  return { text, tone: response.status < 500 ? "warn" : "bad", why };
}

function rpcOutcome({ sent, delivered, outcome }: RpcExchange): Outcome | undefined {
  const took = outcome === undefined ? "" : duration(outcome.at - sent.at);
  switch (outcome?.kind) {
    case "rpc.reply":
      return { text: `reply ${took}`, tone: "good" };
    case "rpc.failure": {
      const { class: name, message } = outcome.failure;
      return { text: `✗ ${safe(name)}`, tone: "bad", why: safe(message) };
    }
    case "rpc.timeout":
      return { text: `timeout ${took}`, tone: "bad", why: safe(outcome.why) };
    case "rpc.lost":
      return { text: "lost", tone: "bad", why: safe(outcome.why) };
    case undefined:
      break;
  }
  const [taken] = delivered;
  if (taken === undefined) return { text: "not taken", tone: "warn" };
  if (sent.kind === "rpc.call") return { text: "no reply yet", tone: "warn" };
  const waited = taken.at - sent.at;
  return waited > LONG_WAIT ? { text: `taken after ${duration(waited)}`, tone: "dim" } : undefined;
}
