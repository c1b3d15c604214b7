/**
 * The start of a whole cloud: every process at once, until all have started. One that cannot, or not
 * within a day, ends it with words for whoever described that cloud. Upstream: DevStack's `stack.sh`.
 */
import {
  InvariantError,
  Stalled,
  formatDuration,
  type Greenthread,
  type Kernel,
} from "../../kernel/index.js";
import { AddressInUse } from "../../http/index.js";
import { CloudError } from "../errors.js";
import type { Slot } from "./slot.js";

/** Nobody reads more lines than this. */
const MOST = 5;

/**
 * @param drive how the kernel is driven; for those who join later, no longer than until they are up
 * @throws CloudError naming the processes that have not started, and what each waits for
 */
export function startAll(
  kernel: Kernel,
  slots: readonly Slot[],
  drive: (threads: readonly Greenthread<void>[]) => void = () => {
    kernel.settle();
  },
): void {
  const starts = slots.map((slot) => {
    const { name: actor } = slot.actor;
    return { actor, thread: kernel.spawn(slot.start(), { name: "start", actor, awaited: true }) };
  });
  try {
    drive(starts.map(({ thread }) => thread));
  } catch (error) {
    // Others may wait in vain for one that has failed.
    starts.forEach(assertNotFailed);
    const late = starts.filter(({ thread }) => !thread.ended);
    if (!(error instanceof Stalled) || late.length === 0) throw error;
    throw new CloudError(notStarted(kernel, late));
  }
  starts.forEach(assertNotFailed);
}

interface Start {
  readonly actor: string;
  readonly thread: Greenthread<void>;
}

function notStarted(kernel: Kernel, late: readonly Start[]): string {
  const waits = late
    .slice(0, MOST)
    .map(({ actor, thread }) => `${actor} waits for ${thread.waiting?.label ?? "its turn"}`);
  const more = late.length > MOST ? `, and ${String(late.length - MOST)} more wait` : "";
  return (
    `it has not started after ${formatDuration(kernel.ceilings.settle)} of virtual time: ` +
    `${waits.join(", ")}${more}. ` +
    "Is a latency longer than what waits for it waits (flag rpc_response_timeout)?"
  );
}

function assertNotFailed({ actor, thread }: Start): void {
  if (!thread.ended) return;
  try {
    return thread.result;
  } catch (error) {
    if (!(error instanceof Error) || error instanceof InvariantError) throw error;
    if (error instanceof AddressInUse) {
      throw new CloudError(
        `${actor} cannot start: ${error.message}, by ${error.holder}. Choose another port.`,
      );
    }
    throw new CloudError(`${actor} cannot start: ${error.name}: ${error.message}`);
  }
}
