/**
 * `--poll`: look at the server every five seconds and say how far it is. Upstream:
 * novaclient/v1_1/shell.py (_poll_for_status).
 */
import { InstanceInErrorState } from "../../../../framework/apiclient/index.js";
import { seconds, sleep, type Op } from "../../../../kernel/index.js";
import type { NovaClient } from "../../../../services/nova/client/index.js";
import type { Console } from "../../../shell/console.js";

const PERIOD = seconds(5);

export interface Polled {
  /** What is being done to it: `building`. */
  readonly action: string;
  /** What its status must come to, in small letters. */
  readonly until: readonly string[];
  /** Whether it is said how far it is. */
  readonly showProgress?: boolean;
}

/** @throws InstanceInErrorState with the message of the server's fault */
export function* pollForStatus(
  nova: NovaClient,
  id: string,
  console: Console,
  { action, until, showProgress = true }: Polled,
): Op<void> {
  const progress = (percent: string): void => {
    console.write(`\rServer ${action}...${showProgress ? ` ${percent}% complete` : ""}`);
  };
  console.print();
  for (;;) {
    const server = yield* nova.server(id);
    const status = server.status.toLowerCase();
    if (until.includes(status)) {
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
