/**
 * `nova boot --poll`: look at the server every five seconds and say how far it is. Upstream:
 * novaclient/v1_1/shell.py (_poll_for_status).
 */
import { seconds, sleep, type Op } from "../../../kernel/index.js";
import { isObject, str, textOf } from "../../../python/index.js";
import { InstanceInErrorState } from "../../rest/exceptions.js";
import type { Console } from "../../shell/console.js";
import type { NovaClient } from "../client.js";

const PERIOD = seconds(5);

/** @throws InstanceInErrorState with the message of the server's fault */
export function* pollUntilActive(nova: NovaClient, id: string, console: Console): Op<void> {
  const progress = (percent: string): void => {
    console.write(`\rServer building... ${percent}% complete`);
  };
  console.print();
  for (;;) {
    const server = yield* nova.server(id);
    const status = textOf(server, "status").toLowerCase();
    if (status === "active") {
      progress("100");
      console.print("\nFinished");
      return;
    }
    if (status === "error") {
      console.print("\nError building server");
      const { fault } = server;
      const message = isObject(fault) ? fault["message"] : undefined;
      throw new InstanceInErrorState(typeof message === "string" ? message : "");
    }
    progress(str(server["progress"] ?? 0));
    yield* sleep(PERIOD);
  }
}
