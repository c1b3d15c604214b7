/**
 * Asks again and again until the answer will do: at once, then after each pause; time is looked at after an
 * answer that would not do. Upstream: trove/common/utils.py (poll_until) at 2014.2.
 */
import type { Env } from "../../framework/index.js";
import { between, seconds, sleep, type Op } from "../../kernel/index.js";
import { PollTimeOut } from "./exception.js";

export interface Poll {
  /** Seconds between two questions. */
  readonly sleepTime: number;
  /** Seconds. */
  readonly timeOut: number;
}

/** @throws PollTimeOut, and what `satisfied` throws */
export function* pollUntil(
  { kernel }: Env,
  { sleepTime, timeOut }: Poll,
  satisfied: () => Op<boolean>,
): Op<void> {
  const start = kernel.now;
  while (!(yield* satisfied())) {
    if (between(start, kernel.now) > seconds(timeOut)) throw new PollTimeOut({});
    yield* sleep(seconds(sleepTime));
  }
}
