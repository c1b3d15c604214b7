/** Databases of an instance, which its guest has. Upstream: trove/extensions/mysql/service.py (SchemaController), models.py at 2014.2. */
import type { HttpResponse } from "../../../../http/index.js";
import { done, type Op } from "../../../../kernel/index.js";
import { asDict } from "../../../../python/index.js";
import { DatabaseAlreadyExists } from "../../exception.js";
import { newDatabase } from "../../mysql/names.js";
import { listIn, newDatabases } from "../database-names.js";
import { namesChecked, runningGuest } from "../guest-access.js";
import { paged } from "../links.js";
import { accepted, bodyOf, route, shown, type TroveCall, type TroveRoute } from "../route.js";
import { CREATE_DATABASES } from "../schemas/schemas.js";
import { heldTo } from "../schemas/validator.js";
import { limitIn, notImplemented } from "./instances.js";

export const databaseRoutes: readonly TroveRoute[] = [
  route("GET", "/instances/{id}/databases", function* (call) {
    const { app, ctxt, params } = call;
    app.env.log("info", `Listing schemas for instance '${params.id}'`);
    const guest = yield* runningGuest(call, params.id);
    const limit = limitIn(ctxt.limit, app.flags.databases_page_size);
    const page = { limit, marker: ctxt.marker, include_marker: false };
    const [databases, marker] = yield* guest.listDatabases(page);
    const names = databases
      .map(({ _name: name }) => ({ name }))
      .filter(({ name }) => !app.ignored.ignore_dbs.includes(name));
    return shown(paged(call, "databases", names, marker));
  }),
  route("POST", "/instances/{id}/databases", create, { check: heldTo(CREATE_DATABASES) }),
  route("GET", "/instances/{id}/databases/{name}", () => {
    throw notImplemented();
  }),
  route("DELETE", "/instances/{id}/databases/{name}", function* (call): Op<HttpResponse> {
    const { app, params } = call;
    app.env.log("info", `Deleting schema for instance '${params.id}'`);
    const database = namesChecked(() => newDatabase({ name: params.name }, app.ignored));
    const guest = yield* runningGuest(call, params.id);
    yield* guest.deleteDatabase(database);
    return accepted();
  }),
  route("GET", "/instances/{id}/root", function* (call) {
    const { app, params } = call;
    app.env.log("info", `Getting root enabled for instance '${params.id}'`);
    yield* runningGuest(call, params.id);
    const rootEnabled = app.db.root_enabled_history.get(params.id) !== undefined;
    return yield* done(shown({ rootEnabled }));
  }),
  route("POST", "/instances/{id}/root", enableRoot, { takesBody: false }),
];

type Call = TroveCall<"tenant_id" | "id">;

function* create(call: Call): Op<HttpResponse> {
  const { app, params } = call;
  app.env.log("info", `Creating schema for instance '${params.id}'`);
  const databases = newDatabases(listIn(asDict(bodyOf(call), "get"), "databases"), app.ignored);
  const guest = yield* runningGuest(call, params.id);
  for (const { _name: name } of databases) {
    const page = { limit: 1, marker: name, include_marker: true };
    const [[first]] = yield* guest.listDatabases(page);
    if (first?._name === name) throw new DatabaseAlreadyExists({ name });
  }
  yield* guest.createDatabase(databases);
  return accepted();
}

/** No body is read, and one is too many. */
function* enableRoot(call: Call): Op<HttpResponse> {
  const { app, ctxt, params } = call;
  app.env.log("info", `Enabling root for instance '${params.id}'`);
  const guest = yield* runningGuest(call, params.id);
  const { _name: name, _password: password } = yield* guest.enableRoot();
  const { root_enabled_history: history } = app.db;
  if (history.get(params.id) === undefined) {
    history.insert({ instance_id: params.id, user: ctxt.user_id });
  }
  return shown({ user: { name, password } });
}
