/**
 * A token for who signs a request with an access key, in both versions and for whoever asks: services that
 * take EC2's requests do. Upstream: keystone/contrib/ec2/controllers.py (authenticate, check_signature),
 * keystone/token/providers/common.py (format_token) at 2014.2.
 */
import type { Row } from "../../../framework/index.js";
import { respond } from "../../../http/index.js";
import {
  Exception,
  PythonTypeError,
  contains,
  isObject,
  item,
  length,
  truth,
  typeName,
  type Json,
  type JsonObject,
} from "../../../python/index.js";
import type { KeystoneApp } from "../app.js";
import { Forbidden, Unauthorized } from "../exception.js";
import { getProject, projectDict, roleDict } from "../managers/assignment.js";
import { getCredential, hashedAccess } from "../managers/credentials.js";
import { rolesOnProject } from "../managers/effective-roles.js";
import { getUser } from "../managers/identity.js";
import { usableTrust } from "../managers/trusts.js";
import { route } from "../policy.js";
import type { Project } from "../store/rows.js";
import type { Grant } from "../tokens/provider.js";
import { checkMembership } from "../tokens/credentials.js";
import { issueAccess } from "../v2/bodies.js";
import { issueToken } from "../v3/bodies.js";
import { argumentsOf, bind } from "../web/arguments.js";
import { answer, VARY } from "../web/v2-action.js";
import { signature } from "./signer.js";

interface Signed {
  readonly project: Row<Project>;
  readonly grant: Grant;
}

/** Whose key has signed, and for which project. @throws Unauthorized, NotFound, and whatever Python does */
function signedBy(app: KeystoneApp, args: JsonObject): Signed {
  bind({ name: "authenticate", takes: [], optional: ["credentials", "ec2Credentials"] }, args);
  const { credentials: newer = null, ec2Credentials: older = null } = args;
  const credentials = !truth(newer) && truth(older) ? older : newer;
  if (!contains(credentials, "access")) throw new Unauthorized();
  const { user_id, project_id, blob } = getCredential(app, hashed(item(credentials, "access")));
  const held = JSON.parse(blob) as Json;
  const { secret = null, trust_id = null } = isObject(held) ? held : {};
  check(secret, credentials);
  const project = getProject(app, project_id);
  const user = getUser(app, user_id);
  const roleIds = rolesOnProject(app, user.uuid, project);
  if (!app.enabled(user) || !app.enabled(project)) throw new Unauthorized();
  checkMembership(roleIds);
  const grant = { userId: user.uuid, projectId: project.uuid, roleIds, methods: ["ec2credential"] };
  return { project, grant: { ...grant, trustId: typeof trust_id === "string" ? trust_id : null } };
}

/** @throws Unauthorized; Exception where upstream looks for the signature as for an attribute */
function check(secret: Json, credentials: Json): void {
  const right = signature(secret, credentials);
  const given = item(credentials, "signature");
  length(given);
  if (given === right) return;
  if (!contains(given, ":")) throw new Unauthorized();
  throw new Exception("'dict' object has no attribute 'signature'");
}

/** @throws PythonTypeError */
function hashed(access: Json): string {
  if (typeof access === "string") return hashedAccess(access);
  throw new PythonTypeError(`must be string or buffer, not ${typeName(access)}`);
}

/** v3 asks what a trust is for; one that is spent is none. @throws Forbidden */
function byTrust(app: KeystoneApp, { grant, project }: Signed): Grant {
  const trust = app.flags.trust_enabled ? usableTrust(app, grant.trustId ?? null) : undefined;
  if (trust === undefined) return { ...grant, trustId: null };
  const trustor = getUser(app, trust.trustor_user_id);
  if (!trustor.enabled) throw new Forbidden();
  const held = rolesOnProject(app, trustor.uuid, project);
  if (trust.role_ids.some((id) => !held.includes(id))) throw new Forbidden();
  const userId = trust.impersonation ? trustor.uuid : grant.userId;
  return { ...grant, userId, roleIds: trust.role_ids };
}

export const v2Ec2TokenRoute = route(
  "POST",
  "/v2.0/ec2tokens",
  null,
  function* ({ app, request, params }) {
    const { project, grant } = signedBy(app, argumentsOf(request.body, params));
    const roles = (grant.roleIds ?? []).flatMap((id) => app.database.roles.get(id) ?? []);
    // Tenant and roles are as the database has them, where a login shows less of them.
    const access = issueAccess(app, grant, ({ token, user, ...rest }) => ({
      ...rest,
      token: { ...token, tenant: { ...projectDict(project), enabled: true } },
      user: { ...(user as JsonObject), roles: roles.map(roleDict) },
    }));
    return answer(access);
  },
);

export const v3Ec2TokenRoute = route(
  "POST",
  "/v3/ec2tokens",
  null,
  function* ({ app, request, params }) {
    const signed = signedBy(app, argumentsOf(request.body, params));
    const { id, body } = issueToken(app, byTrust(app, signed), true);
    return respond(200, body, { ...VARY, "x-subject-token": id });
  },
);
