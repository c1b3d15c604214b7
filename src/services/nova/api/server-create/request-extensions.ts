/**
 * What the extensions DiskConfig and SchedulerHints do with the body of a request before the
 * controller sees it; which of their errors comes first depends on the order of their aliases. A body
 * that is no object of objects fails here, as Python fails. Upstream: contrib/disk_config.py and
 * scheduler_hints.py (create, update) at 2014.2.
 */
import {
  contains,
  hashable,
  isObject,
  item,
  iterate,
  length,
  PythonTypeError,
  typeName,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import { badRequest } from "../input.js";

export const DISK_CONFIG = "OS-DCF:diskConfig";
const HINTS = ["os:scheduler_hints", "OS-SCH-HNT:scheduler_hints"];

/** `disk_config_from_api`. @throws HttpFault 400 */
export function diskConfigFromApi(value: Json): boolean {
  if (value === "AUTO") return true;
  if (value === "MANUAL") return false;
  throw badRequest(`${DISK_CONFIG} must be either 'MANUAL' or 'AUTO'.`);
}

/**
 * DiskConfig's: its word for the disk is put under the name that the controller reads.
 * @throws HttpFault 400, PythonTypeError
 */
export function withDiskConfig(body: Json): Json {
  if (!contains(body, "server")) return body;
  const server = item(body, "server");
  if (!contains(server, DISK_CONFIG)) return body;
  const auto_disk_config = diskConfigFromApi(item(server, DISK_CONFIG));
  return { ...(body as JsonObject), server: { ...(server as JsonObject), auto_disk_config } };
}

/** SchedulerHints': hints stand beside the server. @throws HttpFault 400, PythonTypeError */
export function schedulerHints(body: Json): JsonObject {
  const key = HINTS.find((name) => contains(body, name));
  const hints = key === undefined ? {} : dictOf(item(body, key));
  if (contains(body, "server")) {
    const server = item(body, "server");
    if (!isObject(server)) {
      throw new PythonTypeError(`'${typeName(server)}' object does not support item assignment`);
    }
  }
  return hints;
}

/** `{}.update(value)`, which also takes pairs. @throws HttpFault 400 for pairs that are none, PythonTypeError */
function dictOf(value: Json): JsonObject {
  if (isObject(value)) return value;
  const pairs = iterate(value).map((pair) => {
    if (length(pair) !== 2) throw badRequest("Malformed scheduler_hints attribute");
    const [name, hint] = iterate(pair);
    return [String(hashable(name ?? null)), hint ?? null] as const;
  });
  return Object.fromEntries(pairs);
}
