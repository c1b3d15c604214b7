/**
 * Which messages are one row with their answers: those that went well, fast and without setting off
 * another one, with nothing in between that a reader must see before the answer.
 */
import type { Entry, Exchange } from "../../timeline/index.js";
import type { Model } from "../model/model.js";
import { NOWHERE } from "../model/scopes.js";
import { isRoutine } from "./routine.js";

/** Who takes longer is waited for, and that must be seen. */
const FAST = 250_000;

/** The `seq` of each such message. */
export function foldable(model: Model): ReadonlySet<number> {
  const { entries, messages, scopes } = model;
  /** Messages that set off others. */
  const parents = new Set<number>();
  /** How many breaks there are up to each entry. */
  const breaks: number[] = [];
  let count = 0;
  let last = 0;
  for (const entry of entries) {
    const scope = scopes.of(entry.seq);
    // Who checks a token on the way has not passed the work on.
    const sets = scope !== NOWHERE && isSent(entry) && !isRoutine(model, entry);
    if (sets) parents.add(scope);
    if (isBreak(entry) || entry.at - last >= FAST) count += 1;
    breaks.push(count);
    last = entry.at;
  }
  const folded = new Set<number>();
  for (const exchange of [...messages.rest.values(), ...messages.rpc.values()]) {
    const { seq, at } = exchange.sent;
    const answer = answerOf(exchange);
    if (answer === undefined || answer.at - at >= FAST || parents.has(seq)) continue;
    if (breaks[answer.seq] === breaks[seq]) folded.add(seq);
  }
  return folded;
}

function answerOf(exchange: Exchange): Entry | undefined {
  if (exchange.kind === "rest") {
    const { response } = exchange;
    return response !== undefined && response.status > 0 && response.status < 400
      ? response
      : undefined;
  }
  const { outcome, later, sent } = exchange;
  return sent.kind === "rpc.call" && outcome?.kind === "rpc.reply" && later.length === 0
    ? outcome
    : undefined;
}

function isSent({ kind }: Entry): boolean {
  return (
    kind === "rest.request" || kind === "rpc.call" || kind === "rpc.cast" || kind === "rpc.fanout"
  );
}

function isBreak(entry: Entry): boolean {
  switch (entry.kind) {
    case "step":
    case "fault":
    case "rpc.timeout":
    case "rpc.lost":
      return true;
    case "service":
      return entry.event === "crashed" || entry.event === "stopped";
    default:
      return false;
  }
}
