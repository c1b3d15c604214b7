/** Users of an instance and what they may see, which its guest knows. Upstream: trove/extensions/mysql/service.py (UserController, UserAccessController), models.py at 2014.2. */
import type { HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import { asDict, get, item, iterate, str, type JsonObject } from "../../../../python/index.js";
import { DatabaseNotFound, UserAlreadyExists, UserNotFound } from "../../exception.js";
import { hostName, userName, userPassword } from "../../mysql/names.js";
import { keyOf } from "../../mysql/server.js";
import type { Guest } from "../../remote/guest.js";
import { heldByFirstKey, memberOf } from "../bodies.js";
import { listIn, newUsers, textIn } from "../database-names.js";
import { existingUser, namesChecked, runningGuest, userView } from "../guest-access.js";
import { paged } from "../links.js";
import { accepted, bodyOf, route, shown, type TroveCall, type TroveRoute } from "../route.js";
import { CREATE_USERS, UPDATE_ALL_USERS, UPDATE_USER } from "../schemas/schemas.js";
import { heldTo } from "../schemas/validator.js";
import { limitIn } from "./instances.js";

export const userRoutes: readonly TroveRoute[] = [
  route("GET", "/instances/{id}/users", function* (call) {
    const { app, ctxt, params } = call;
    app.env.log("info", `Listing users for instance '${params.id}'`);
    const guest = yield* runningGuest(call, params.id);
    const limit = limitIn(ctxt.limit, app.flags.users_page_size);
    const page = { limit, marker: ctxt.marker, include_marker: false };
    const [users, marker] = yield* guest.listUsers(page);
    const seen = users.filter(({ _name }) => !app.ignored.ignore_users.includes(_name));
    return shown(paged(call, "users", seen.map(userView), marker));
  }),
  route("POST", "/instances/{id}/users", create, { check: heldTo(CREATE_USERS) }),
  route("PUT", "/instances/{id}/users", updateAll, {
    check: heldByFirstKey(UPDATE_ALL_USERS),
  }),
  route("GET", "/instances/{id}/users/{user}", function* (call) {
    const { app, params } = call;
    app.env.log("info", `Showing a user for instance '${params.id}'`);
    return shown({ user: userView(yield* existingUser(call, params.id, params.user)) });
  }),
  route("PUT", "/instances/{id}/users/{user}", update, { check: heldTo(UPDATE_USER) }),
  route("DELETE", "/instances/{id}/users/{user}", function* (call): Op<HttpResponse> {
    const { app, params } = call;
    app.env.log("info", `Deleting user for instance '${params.id}'`);
    const { _name, _host } = yield* existingUser(call, params.id, params.user);
    const guest = yield* runningGuest(call, params.id);
    yield* guest.deleteUser({ _name, _host, _password: null, _databases: [] });
    return accepted();
  }),
  route("GET", "/instances/{id}/users/{user}/databases", function* (call) {
    const { app, params } = call;
    app.env.log("info", `Showing user access for instance '${params.id}'`);
    const { _name, _host } = yield* existingUser(call, params.id, params.user);
    const guest = yield* runningGuest(call, params.id);
    const databases = yield* guest.listAccess(_name, _host);
    return shown({ databases: databases.map(({ _name: name }) => ({ name })) });
  }),
  // Upstream looks for the schema of another name.
  route("PUT", "/instances/{id}/users/{user}/databases", grant),
  route(
    "DELETE",
    "/instances/{id}/users/{user}/databases/{name}",
    function* (call): Op<HttpResponse> {
      const { app, params } = call;
      app.env.log("info", `Revoking user access for instance '${params.id}'`);
      const { _name: username, _host: hostname } = yield* existingUser(
        call,
        params.id,
        params.user,
      );
      const guest = yield* runningGuest(call, params.id);
      const databases = yield* guest.listAccess(username, hostname);
      const { name: database } = params;
      if (!databases.some(({ _name }) => _name === database)) {
        throw new DatabaseNotFound({ uuid: database });
      }
      yield* guest.revokeAccess({ username, hostname, database });
      return accepted();
    },
  ),
];

type Call = TroveCall<"tenant_id" | "id">;

function* create(call: Call): Op<HttpResponse> {
  const { app, params } = call;
  app.env.log("info", `Creating users for instance '${params.id}'`);
  const asked = listIn(asDict(bodyOf(call), "get"), "users");
  const users = namesChecked(() => newUsers(asked, app.ignored));
  const guest = yield* runningGuest(call, params.id);
  for (const { _name, _host } of users) yield* assertNew(guest, _name, _host ?? "%");
  yield* guest.createUser(users);
  return accepted();
}

/** Of passwords no schema may have seen all. */
function* updateAll(call: Call): Op<HttpResponse> {
  const { app, params } = call;
  app.env.log("info", `Updating user passwords for instance '${params.id}'`);
  const changes: JsonObject[] = [];
  for (const user of iterate(item(bodyOf(call), "users"))) {
    const name = namesChecked(() => userName(str(item(user, "name")), app.ignored));
    const host = get(user, "host") === null ? null : str(get(user, "host"));
    const password = namesChecked(() => {
      hostName(host);
      return userPassword(str(item(user, "password")));
    });
    const guest = yield* runningGuest(call, params.id);
    if ((yield* guest.getUser(name, host ?? "%")) === null) {
      throw new UserNotFound({ uuid: host === null ? name : keyOf(name, host) });
    }
    changes.push({ name, host: host ?? "%", password });
  }
  const guest = yield* runningGuest(call, params.id);
  yield* guest.changePasswords(changes);
  return accepted();
}

function* update(call: TroveCall<"tenant_id" | "id" | "user">): Op<HttpResponse> {
  const { app, params } = call;
  app.env.log("info", `Updating user attributes for instance '${params.id}'`);
  const { _name: username, _host: hostname } = yield* existingUser(call, params.id, params.user);
  const attributes = memberOf(bodyOf(call), "user");
  const [name, host] = [textIn(attributes, "name"), textIn(attributes, "host")];
  const guest = yield* runningGuest(call, params.id);
  namesChecked(() => {
    if (host !== "") hostName(host);
    if (name !== "") userName(name, app.ignored);
  });
  if (name !== "" || host !== "") {
    yield* assertNew(guest, name || username, host || (hostname ?? "%"));
  }
  yield* guest.updateAttributes({ username, hostname, user_attrs: attributes });
  return accepted();
}

function* grant(call: TroveCall<"tenant_id" | "id" | "user">): Op<HttpResponse> {
  const { app, params } = call;
  app.env.log("info", `Granting user access for instance '${params.id}'`);
  const { _name: username, _host: hostname } = yield* existingUser(call, params.id, params.user);
  const asked = iterate(item(bodyOf(call), "databases"));
  const databases = asked.map((database) => str(item(database, "name")));
  const guest = yield* runningGuest(call, params.id);
  yield* guest.grantAccess({ username, hostname, databases });
  return accepted();
}

/** @throws UserAlreadyExists */
function* assertNew(guest: Guest, name: string, host: string): Op<void> {
  const marker = keyOf(name, host);
  const [[first]] = yield* guest.listUsers({ limit: 1, marker, include_marker: true });
  if (first?._name === name && (first._host ?? "%") === host) throw new UserAlreadyExists({ name });
}
