/** The words at arrows and marks: what is said, how it ended, and after what time. */
import type { Micros } from "../../kernel/index.js";
import type { Entry, RestExchange, RpcExchange, RpcSentEntry } from "../../timeline/index.js";
import { messageIn, objectCall } from "../essence.js";
import type { StateChange } from "../states.js";
import { clip, safe, shortIds } from "../words.js";
import { part, type Label } from "./row.js";

const LONGEST_NAME = 60;
const LONGEST_WHY = 110;

/** `3.8 ms`, `64 ms`, `5.03 s`, `30 s`: three digits at most. */
export function took(micros: Micros): string {
  const ms = micros / 1_000;
  if (ms < 9.95) return `${trimmed(ms.toFixed(1))} ms`;
  if (ms < 999.5) return `${ms.toFixed(0)} ms`;
  const s = ms / 1_000;
  if (s < 9.995) return `${trimmed(s.toFixed(2))} s`;
  return s < 99.95 ? `${trimmed(s.toFixed(1))} s` : `${s.toFixed(0)} s`;
}

/** `/v2/…/servers ?…`: whose it is and what is asked of it can be read elsewhere. */
export function pathWord(path: string): string {
  const [place = "", query] = safe(path).split("?");
  const short = shortIds(place.replace(/^(\/v[\d.]+)\/[0-9a-f]{32}(?=\/)/, "$1/…"));
  return clip(query === undefined ? short : `${short} ?…`, LONGEST_NAME);
}

export function requestLabel({ sent }: RestExchange): Label {
  return [part(safe(sent.method), "strong"), part(` ${pathWord(sent.path)}`)];
}

export function sentLabel(sent: RpcSentEntry): Label {
  const object = objectCall(sent.args);
  return [
    part(`${sent.kind.slice("rpc.".length)} `, "muted"),
    part(clip(safe(sent.method), LONGEST_NAME), "strong"),
    ...(object === undefined ? [] : [part(` ${clip(object, LONGEST_NAME)}`, "muted")]),
  ];
}

/** After the label of a message, if its answer stands in the same row. */
export function foldedEnd(exchange: RestExchange | RpcExchange): Label {
  if (exchange.kind === "rest") {
    const { sent, response } = exchange;
    if (response === undefined) return [];
    return [part(`  ${String(response.status)} in ${took(response.at - sent.at)}`, "muted")];
  }
  const { sent, outcome } = exchange;
  return outcome === undefined ? [] : [part(`  reply in ${took(outcome.at - sent.at)}`, "muted")];
}

/** Whether an answer is a failure: looking for a thing by a wrong name is how clients find its id. */
export function isFailure({ sent, response }: RestExchange): boolean {
  if (response === undefined) return false;
  const { status } = response;
  const reads = sent.method === "GET" || sent.method === "HEAD";
  return status === 0 || status >= 500 || (status >= 400 && !reads);
}

export function responseLabel(exchange: RestExchange): Label {
  const { sent, response } = exchange;
  if (response === undefined) return [];
  const after = ` after ${took(response.at - sent.at)}`;
  const { status } = response;
  if (status === 0) {
    const why = response.error === undefined ? "" : `: ${safe(response.error)}`;
    return [part("✕ no answer", "bad"), part(`${after}${clip(why, LONGEST_WHY)}`, "muted")];
  }
  if (status < 400) return [part(String(status), "strong"), part(after, "muted")];
  const failed = isFailure(exchange);
  const said = messageIn(response.body) ?? response.error;
  const why = said === undefined ? "" : ` ${clip(safe(said), LONGEST_WHY)}`;
  const word = failed ? part(`✕ ${String(status)}`, "bad") : part(String(status), "strong");
  return [word, part(`${after}${why}`, "muted")];
}

type Answer = Extract<Entry, { kind: "rpc.reply" | "rpc.failure" }>;

export function answerLabel({ sent }: RpcExchange, answer: Answer, late: boolean): Label {
  const after = ` after ${took(answer.at - sent.at)}`;
  const gone = late ? [part("  ✕ too late: nobody waits for it", "bad")] : [];
  if (answer.kind === "rpc.reply") {
    const word = answer.part === "value" ? "one value" : "reply";
    return [part(word, "strong"), part(after, "muted"), ...gone];
  }
  const { class: name, message } = answer.failure;
  const why = message === "" ? "" : `: ${clip(safe(message), LONGEST_WHY)}`;
  return [
    part(`✕ ${clip(safe(name), LONGEST_NAME)}`, "bad"),
    part(`${after}${why}`, "muted"),
    ...gone,
  ];
}

export function stateLabel({ thing, name, before, after }: StateChange): Label {
  const turn = before === undefined ? " new: " : ` ${before} → `;
  return [
    part(`${thing} `),
    part(clip(name, 40), "strong"),
    part(turn, "muted"),
    part(after ?? "gone", "state"),
  ];
}

function trimmed(digits: string): string {
  return digits.replace(/\.?0+$/, "");
}
