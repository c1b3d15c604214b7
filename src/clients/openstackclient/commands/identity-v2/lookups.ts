/**
 * Things of Keystone's v2.0 by what a user calls them. Upstream: keystoneclient/base.py (ManagerWithFind),
 * 0.11.1; openstackclient/identity/common.py (find_service), 0.4.1.
 */
import { CommandError, NoUniqueMatch } from "../../../../framework/apiclient/index.js";
import type { Op } from "../../../../kernel/index.js";
import type { JsonObject } from "../../../../python/index.js";
import { SERVICES, type IdentityApi, type Kind } from "../../../keystone/identity-api.js";
import { found, type Lookup } from "../../find.js";

export const lookupV2 = (identity: IdentityApi, kind: Kind): Lookup<JsonObject> => ({
  what: kind.what,
  get: (id) => identity.get(kind, id),
  *named(name) {
    return (yield* identity.list(kind)).filter((thing) => thing["name"] === name);
  },
});

/** By id or name, else the only one of a type. @throws CommandError */
export function* serviceOf(identity: IdentityApi, nameTypeOrId: string): Op<JsonObject> {
  try {
    return yield* found(lookupV2(identity, SERVICES), nameTypeOrId);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
  }
  const ofType = (yield* identity.list(SERVICES)).filter(({ type }) => type === nameTypeOrId);
  return theOnly(ofType, nameTypeOrId);
}

/** @throws CommandError if there is none; nobody looks for more than one, whose error has no words */
export function theOnly(services: readonly JsonObject[], nameTypeOrId: string): JsonObject {
  const [first, ...others] = services;
  if (first === undefined) {
    throw new CommandError(`No service with a type, name or ID of '${nameTypeOrId}' exists.`);
  }
  if (others.length > 0) throw new NoUniqueMatch();
  return first;
}
