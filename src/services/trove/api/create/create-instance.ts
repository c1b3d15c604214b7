/**
 * An instance is asked for: how the request is read, in upstream's order. Upstream: trove/instance/service.py
 * (create), trove/extensions/mysql/common.py at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import {
  bytesRepr,
  contains,
  get,
  item,
  parseInteger,
  PythonTypeError,
  str,
  truth,
  typeName,
  ValueError,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import { chosenVersion, versionArgs } from "../../datastores.js";
import { BadRequest } from "../../exception.js";
import type { GuestDatabase, GuestUser } from "../../guestagent/rpcapi.js";
import { listIn, newDatabases, newUsers } from "../database-names.js";
import { idIn } from "../links.js";
import { makeInstance, type Created } from "./make-instance.js";
import type { TroveCall } from "../route.js";

/** @throws KeyError, TypeError for what no schema has seen: administrators may ask past it */
export function* createInstance(call: TroveCall, asked: JsonObject): Op<Created> {
  const { app } = call;
  const wantedVersion = versionArgs("datastore" in asked ? (asked["datastore"] ?? null) : {});
  const { datastore, version } = chosenVersion(app.db, wantedVersion, app.flags.default_datastore);
  const name = str(item(asked, "name"));
  const flavorRef = item(asked, "flavorRef");
  const configuration = get(asked, "configuration");
  const databases = newDatabases(listIn(asked, "databases"), app.ignored);
  const users = usersAsked(call, asked, databases);
  const volumeSize = contains(asked, "volume")
    ? wholeNumber(item(item(asked, "volume"), "size"), "int")
    : null;
  const backupRef = contains(asked, "restorePoint")
    ? item(item(asked, "restorePoint"), "backupRef")
    : null;
  const source = get(asked, "replica_of") ?? get(asked, "slave_of");
  if (source !== null && typeof source === "object") throw new PythonTypeError("can't adapt type");
  return yield* makeInstance(call, {
    datastore,
    version,
    name,
    flavorId: idIn(flavorRef),
    databases,
    users,
    volumeSize,
    backupId: backupRef === null ? null : idIn(backupRef),
    zone: typeof asked["availability_zone"] === "string" ? asked["availability_zone"] : null,
    nics: listIn(asked, "nics"),
    configurationId: truth(configuration) ? idIn(configuration) : null,
    sourceId: truth(source) ? str(source) : null,
    cluster: null,
  });
}

/** What is wrong with a name is not said. @throws BadRequest */
function usersAsked(
  { app }: TroveCall,
  asked: JsonObject,
  databases: readonly GuestDatabase[],
): readonly GuestUser[] {
  try {
    const names = databases.map(({ _name }) => _name);
    return newUsers(listIn(asked, "users"), app.ignored, names);
  } catch (error) {
    throw error instanceof ValueError ? new BadRequest({}) : error;
  }
}

/** `int(value)`, or `long(value)`. @throws ValueError, TypeError */
export function wholeNumber(value: Json, type: "int" | "long"): number {
  if (typeof value === "number") return Math.trunc(value);
  if (typeof value === "boolean") return Number(value);
  if (typeof value !== "string") {
    const what = `${type}() argument must be a string or a number`;
    throw new PythonTypeError(`${what}, not '${typeName(value)}'`);
  }
  const number = parseInteger(value);
  if (number !== undefined) return number;
  throw new ValueError(`invalid literal for ${type}() with base 10: ${bytesRepr(value)}`);
}
