/**
 * The one action that the body of an administrator's request asks for. Upstream: the `action` of
 * trove/extensions/mgmt/instances/service.py, clusters/service.py, host/instance/service.py at 2014.2.
 */
import { truth, type Json } from "../../../../../python/index.js";
import { BadRequest } from "../../../exception.js";
import { keysIn } from "../../bodies.js";

/** @throws BadRequest */
export function oneAction<Name extends string>(
  body: Json,
  actions: Readonly<Record<Name, unknown>>,
  wrong: (key: string) => string,
): Name {
  if (!truth(body)) throw new BadRequest({}, "Invalid request body.");
  const isAction = (key: string): key is Name => Object.hasOwn(actions, key);
  let chosen: Name | undefined;
  for (const key of keysIn(body)) {
    if (!isAction(key)) throw new BadRequest({}, wrong(key));
    if (chosen !== undefined) {
      throw new BadRequest({}, "Only one action can be specified per request.");
    }
    chosen = key;
  }
  if (chosen === undefined) throw new BadRequest({}, "Invalid request body.");
  return chosen;
}
