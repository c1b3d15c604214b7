/**
 * `--poll` of `nova boot`, `resize` and others: look at the server every five seconds and say how far it
 * is. Upstream: novaclient/v1_1/shell.py (_poll_for_status).
 */
import { InstanceInErrorState } from "../../../../framework/apiclient/index.js";
import { seconds, sleep, type Op } from "../../../../kernel/index.js";
import type { NovaClient } from "../../../../services/nova/client/index.js";
import type { Console } from "../../../shell/console.js";

const PERIOD = seconds(5);

/**
 * @param action what is going on: `building` @param ok the statuses in which it is over
 * @throws InstanceInErrorState with the message of the server's fault
 */
export function* pollForStatus(
  nova: NovaClient,
  id: string,
  console: Console,
  action: string,
  ok: readonly string[],
): Op<void> {
  const progress = (percent: string): void => {
    console.write(`\rServer ${action}... ${percent}% complete`);
  };
  console.print();
  for (;;) {
    const server = yield* nova.server(id);
    const status = server.status.toLowerCase();
    if (ok.includes(status)) {
      progress("100");
      console.print("\nFinished");
      return;
    }
    if (status === "error") {
      console.print(`\nError ${action} server`);
      throw new InstanceInErrorState(server.fault?.message ?? "");
    }
    progress(String(server.progress ?? 0));
    yield* sleep(PERIOD);
  }
}

export const pollUntilActive = (nova: NovaClient, id: string, console: Console): Op<void> =>
  pollForStatus(nova, id, console, "building", ["active"]);
