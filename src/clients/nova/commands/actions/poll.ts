/**
 * `--poll`: look at a server or an image every five seconds and say how far it is. Upstream:
 * novaclient/v1_1/shell.py (_poll_for_status).
 */
import { InstanceInErrorState } from "../../../../framework/apiclient/index.js";
import { seconds, sleep, type Op } from "../../../../kernel/index.js";
import { AttributeError } from "../../../../python/index.js";
import type { NovaClient } from "../../../../services/nova/client/index.js";
import type { Console } from "../../../shell/console.js";

const PERIOD = seconds(5);

export interface Polled {
  /** What is being done to it: `building`. */
  readonly action: string;
  /** What its status must come to, in small letters; null: it has none any more. */
  readonly until: readonly (string | null)[];
  /** Whether it is said how far it is. */
  readonly showProgress?: boolean;
  /** Nothing is said at all. */
  readonly silent?: boolean;
}

/** What is looked at. */
interface Progressing {
  readonly status: string | null;
  readonly progress?: number;
  readonly fault?: { readonly message: string };
}

/** @throws InstanceInErrorState with the message of the server's fault */
export function pollForStatus(
  nova: NovaClient,
  id: string,
  console: Console,
  polled: Polled,
): Op<void> {
  return poll(() => nova.server(id), console, polled);
}

/** @throws InstanceInErrorState; AttributeError for what is in error and has no fault, as an image */
export function* poll(
  look: () => Op<Progressing>,
  console: Console,
  { action, until, showProgress = true, silent = false }: Polled,
): Op<void> {
  const print = (text: string): void => {
    if (!silent) console.print(text);
  };
  const progress = (percent: string): void => {
    const far = showProgress ? ` ${percent}% complete` : "";
    if (!silent) console.write(`\rServer ${action}...${far}`);
  };
  print("");
  for (;;) {
    const seen = yield* look();
    const status = seen.status?.toLowerCase() ?? null;
    if (until.includes(status)) {
      progress("100");
      print("\nFinished");
      return;
    }
    if (status === "error") {
      print(`\nError ${action} server`);
      if (seen.fault === undefined) throw new AttributeError("fault");
      throw new InstanceInErrorState(seen.fault.message);
    }
    progress(String(seen.progress ?? 0));
    yield* sleep(PERIOD);
  }
}
