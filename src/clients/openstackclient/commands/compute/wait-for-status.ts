/**
 * `--wait`: look at a thing every five seconds until it is as wanted, or ERROR, and say how far it is.
 * Upstream: openstackclient/common/utils.py (wait_for_status), openstackclient/compute/v2/server.py
 * (_show_progress), 0.4.1.
 */
import { seconds, sleep, type Op } from "../../../../kernel/index.js";
import { str, textOf, type JsonObject } from "../../../../python/index.js";
import type { Console } from "../../../shell/console.js";

const PERIOD = seconds(5);

/** Whether it came to that. */
export function* waitForStatus(
  look: () => Op<JsonObject>,
  console: Console,
  wanted: readonly string[] = ["active"],
): Op<boolean> {
  for (;;) {
    const thing = yield* look();
    const status = textOf(thing, "status").toLowerCase();
    if (wanted.includes(status)) return true;
    if (status === "error") return false;
    const { progress = null } = thing;
    if (progress) console.write(`\rProgress: ${str(progress)}`);
    yield* sleep(PERIOD);
  }
}
