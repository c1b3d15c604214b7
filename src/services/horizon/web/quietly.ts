/** What may fail without anybody being told but the log. Upstream: `except ...: LOG.exception(...)`. */
import { caught, type Op } from "../../../kernel/index.js";
import type { HorizonRequest } from "./request.js";

/** What `op` answers; undefined, and `message` in the log, if it fails. */
export function* quietlyNothing<T>(
  { env }: HorizonRequest,
  message: string,
  op: () => Op<T>,
): Op<T | undefined> {
  try {
    return yield* op();
  } catch (thrown) {
    yield* caught(thrown);
    env.log("error", message);
    return undefined;
  }
}
