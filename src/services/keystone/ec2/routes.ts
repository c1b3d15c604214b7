/**
 * Access keys for EC2, in both versions: made for a user and a tenant, shown, removed. Not what they are
 * for. Upstream: keystone/contrib/ec2/controllers.py, keystone/contrib/ec2/routers.py at 2014.2.
 */
import type { Row } from "../../../framework/index.js";
import { dumps, isObject, str, type Json, type JsonObject } from "../../../python/index.js";
import type { KeystoneApp } from "../app.js";
import { Forbidden, ForbiddenAction } from "../exception.js";
import { getProject } from "../managers/assignment.js";
import {
  createCredential,
  deleteCredential,
  getCredential,
  hashedAccess,
} from "../managers/credentials.js";
import { getUser } from "../managers/identity.js";
import type { Credential } from "../store/rows.js";
import type { Caller } from "../tokens/caller.js";
import { adminAction, type V2Call } from "../web/v2-action.js";
import { rendered, v3Action, type V3Call } from "../web/v3-action.js";

const ALL = "/users/{user_id}/credentials/OS-EC2";
const ONE = `${ALL}/{credential_id}`;
const TAKES = ["user_id", "credential_id"];

type Call = Pick<V3Call, "app" | "caller" | "id">;

/** @throws NotFound */
const keyed = (app: KeystoneApp, access: string): Row<Credential> =>
  getCredential(app, hashedAccess(access));

function ec2Dict({ user_id, project_id, blob }: Row<Credential>): JsonObject {
  const held: Json = JSON.parse(blob) as Json;
  const { access = null, secret = null, trust_id = null } = isObject(held) ? held : {};
  return { user_id, tenant_id: project_id, access, secret, trust_id };
}

function made({ app, caller, id }: Call): JsonObject {
  const user = getUser(app, id("user_id"));
  const project = getProject(app, id("tenant_id"));
  const trust_id = caller.bootstrap ? null : caller.token().trust_id;
  const stream = app.env.stream("ec2");
  const blob = dumps({ access: stream.hex32(), secret: stream.hex32(), trust_id });
  const ref = { user_id: user.uuid, project_id: project.uuid, blob, type: "ec2" };
  return { credential: ec2Dict(createCredential(app, ref, null)) };
}

function all({ app, id }: Call): JsonObject {
  const { uuid } = getUser(app, id("user_id"));
  return { credentials: app.database.credentials.find({ user_id: uuid }).map(ec2Dict) };
}

function one({ app, id }: Call): JsonObject {
  getUser(app, id("user_id"));
  return { credential: ec2Dict(keyed(app, id("credential_id"))) };
}

function removed({ app, id }: Call): null {
  getUser(app, id("user_id"));
  deleteCredential(app, keyed(app, id("credential_id")).uuid);
  return null;
}

export const v3Ec2Routes = [
  v3Action("GET", ALL, { name: "ec2_list_credentials", takes: ["user_id"] }, function* (call) {
    return rendered(call, all(call));
  }),
  v3Action(
    "POST",
    ALL,
    { name: "ec2_create_credential", takes: ["user_id", "tenant_id"] },
    function* (call) {
      return rendered(call, made(call));
    },
  ),
  v3Action("GET", ONE, { name: "ec2_get_credential", takes: TAKES }, function* (call) {
    return rendered(call, one(call));
  }),
  v3Action(
    "DELETE",
    ONE,
    {
      name: "ec2_delete_credential",
      takes: TAKES,
      about: (app, { credential_id = null }) => ({
        credential_user_id: keyed(app, str(credential_id)).user_id,
      }),
    },
    function* (call) {
      return rendered(call, removed(call));
    },
  ),
];

export const v2Ec2Routes = [
  adminAction(
    "POST",
    ALL,
    { name: "create_credential", takes: ["user_id", "tenant_id"] },
    own(made),
  ),
  adminAction("GET", ALL, { name: "get_credentials", takes: ["user_id"] }, own(all)),
  adminAction("GET", ONE, { name: "get_credential", takes: TAKES }, own(one)),
  adminAction(
    "DELETE",
    ONE,
    { name: "delete_credential", takes: TAKES },
    own((call, admin) => {
      const owner = admin ? undefined : keyed(call.app, call.id("credential_id")).user_id;
      if (owner !== undefined && owner !== call.id("user_id")) throw new Forbidden();
      return removed(call);
    }),
  ),
];

/** For an admin, or for the user itself. @throws Unauthorized without a token for a tenant */
function own(act: (call: Call, admin: boolean) => JsonObject | null) {
  return function* ({ app, caller, id, assertAdmin }: V2Call) {
    const admin = isAdmin(assertAdmin);
    if (!admin) requireOwn(caller, id("user_id"));
    return act({ app, caller, id }, admin);
  };
}

function isAdmin(assertAdmin: () => void): boolean {
  try {
    assertAdmin();
    return true;
  } catch (error) {
    if (error instanceof ForbiddenAction) return false;
    throw error;
  }
}

function requireOwn(caller: Caller, user: string): void {
  if (caller.token().user_id !== user) throw new Forbidden();
}
