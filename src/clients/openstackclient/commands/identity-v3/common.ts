/**
 * What the commands of several kinds of things of Keystone's version 3 have alike. Upstream:
 * openstackclient/identity/common.py, identity/v3/, 0.4.1.
 */
import { CommandError, Forbidden } from "../../../../framework/apiclient/index.js";
import type { Op } from "../../../../kernel/index.js";
import { textOf, type JsonObject } from "../../../../python/index.js";
import { DOMAINS_V3, SERVICES_V3, type IdentityV3, type KindV3 } from "../../identity-v3.js";
import { found, idOf } from "../../find.js";
import { argument, shower, word, type OpenStackCommand } from "../../output.js";
import { theOnly } from "../identity-v2/lookups.js";

export const theV3 = (identity: IdentityV3, kind: KindV3, nameOrId: string): Op<JsonObject> =>
  found(identity.lookup(kind), nameOrId);

export const idV3 = (identity: IdentityV3, kind: KindV3, nameOrId: string): Op<string> =>
  idOf(identity.lookup(kind), nameOrId);

/** The id of what an option names, null without it. */
export function* idIfNamed(
  identity: IdentityV3,
  kind: KindV3,
  nameOrId: string | undefined,
): Op<string | null> {
  return nameOrId === undefined ? null : yield* idV3(identity, kind, nameOrId);
}

/** What was typed is the id for who may not look at domains. */
export function* domainId(identity: IdentityV3, nameOrId: string): Op<string> {
  try {
    return yield* idV3(identity, DOMAINS_V3, nameOrId);
  } catch (error) {
    if (error instanceof Forbidden) return nameOrId;
    throw error;
  }
}

/** By id or name, else by type. @throws CommandError */
export function* serviceV3(identity: IdentityV3, nameTypeOrId: string): Op<JsonObject> {
  try {
    return yield* theV3(identity, SERVICES_V3, nameTypeOrId);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
  }
  return theOnly(yield* identity.list(SERVICES_V3, { type: nameTypeOrId }), nameTypeOrId);
}

/** `domain show`, `group show`. */
export const showV3 = (kind: KindV3, dest: string, metavar = `<${dest}>`): OpenStackCommand =>
  shower(
    {
      name: `${dest} show`,
      about: `Show a ${dest}.`,
      positionals: [{ ...argument(dest, "Its name or id."), metavar }],
    },
    ({ identityV3 }, args) => theV3(identityV3, kind, word(args, dest)),
  );

export const deleteV3 = (kind: KindV3, dest: string): OpenStackCommand => ({
  name: `${dest} delete`,
  about: `Delete a ${dest}.`,
  positionals: [argument(dest, "Its name or id.")],
  *run({ identityV3 }, args) {
    yield* identityV3.delete(kind, yield* idV3(identityV3, kind, word(args, dest)));
  },
});

/** One that is only known by id. */
export const deleteByIdV3 = (kind: KindV3, dest: string): OpenStackCommand => ({
  name: `${dest} delete`,
  about: `Delete a ${dest}.`,
  positionals: [{ ...argument(dest, "Its id."), metavar: `<${dest}-id>` }],
  *run({ identityV3 }, args) {
    yield* identityV3.delete(kind, word(args, dest));
  },
});

/** An endpoint with the name and the type of its service. */
export const ofServiceV3 = (endpoint: JsonObject, service: JsonObject): JsonObject => ({
  ...endpoint,
  service_name: textOf(service, "name"),
  service_type: textOf(service, "type"),
});
