/**
 * An instance whose database server runs, for what is asked of its guest. Upstream:
 * trove/extensions/mysql/models.py (load_and_verify, load_via_context), views of users and databases at 2014.2.
 */
import type { Op } from "../../../kernel/index.js";
import { ValueError, type JsonObject } from "../../../python/index.js";
import { BadRequest, UnprocessableEntity, UserNotFound } from "../exception.js";
import type { GuestUser } from "../guestagent/rpcapi.js";
import { builtInstance } from "../instance/instances.js";
import { RUNNING } from "../instance/service-status.js";
import { hostName, userName } from "../mysql/names.js";
import type { Guest } from "../remote/guest.js";
import { userAndHost } from "./database-names.js";
import type { TroveCall } from "./route.js";

/** @throws NotFound, UnprocessableEntity */
export function* runningGuest({ app, ctxt }: TroveCall, id: string): Op<Guest> {
  const { row, service } = yield* builtInstance(app, ctxt, id);
  if (service.code === RUNNING.code) return app.guest(ctxt, row.uuid);
  throw new UnprocessableEntity({}, `Instance ${row.uuid} is not ready.`);
}

/** What is wrong with a name is not told. @throws BadRequest */
export function namesChecked<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw error instanceof ValueError ? new BadRequest({}) : error;
  }
}

/** A user of an instance, as a path names it. @throws UserNotFound, BadRequest, GuestError */
export function* existingUser(call: TroveCall, id: string, userId: string): Op<GuestUser> {
  const [name, host] = userAndHost(unquoted(userId));
  const guest = yield* runningGuest(call, id);
  namesChecked(() => userName(name, call.app.ignored) + (hostName(host) ?? ""));
  const found = yield* guest.getUser(name, host);
  if (found === null) throw new UserNotFound({ uuid: userId });
  return found;
}

/** Dots in names are written twice quoted, as a path would end at them. */
const unquoted = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

export const userView = ({ _name, _host, _databases }: GuestUser): JsonObject => ({
  name: _name,
  host: _host ?? "%",
  databases: _databases.map(({ _name: name }) => ({ name })),
});
