/**
 * A login by version 3 of Keystone's API: with a password, for a project, a domain or a trust. Upstream:
 * keystoneclient/v3/client.py (get_raw_token_from_identity_service), keystoneclient/auth/identity/v3.py,
 * keystoneclient/httpclient.py (the domains that are taken where none is named), 0.11.1.
 */
import { AuthorizationFailure, type Requester } from "../../../framework/apiclient/index.js";
import type { Op } from "../../../kernel/index.js";
import { isObject, type JsonObject } from "../../../python/index.js";
import type { Arguments } from "../../openstack/arguments.js";
import { asked } from "../../openstack/identity.js";
import { AccessV3 } from "./access.js";

/** @throws ClientException, AuthorizationFailure, and what no answer is called */
export function* loginV3(http: Requester, authUrl: string, options: Arguments): Op<AccessV3> {
  const auth = { identity: identityOf(options), ...scopeOf(options) };
  const url = `${authUrl.replace(/\/+$/u, "")}/auth/tokens`;
  const { headers, body } = yield* asked(http, "POST", url, { body: { auth } });
  const token = isObject(body) ? body["token"] : undefined;
  const subject = headers["x-subject-token"];
  if (!isObject(token) || subject === undefined) throw new AuthorizationFailure("Invalid Response");
  return new AccessV3(subject, token);
}

function identityOf(options: Arguments): JsonObject {
  const text = (name: string) => options.text(`os_${name}`);
  const user = {
    ...{ password: text("password") ?? "", name: text("username") ?? "" },
    ...domainOf(text("user_domain_id"), text("user_domain_name")),
  };
  return { methods: ["password"], password: { user } };
}

/** @throws AuthorizationFailure for more than one */
function scopeOf(options: Arguments): JsonObject {
  const text = (name: string) => options.text(`os_${name}`);
  const [domainId, domainName] = [text("domain_id"), text("domain_name")];
  const [projectId, projectName] = [text("project_id"), text("project_name")];
  const trust = text("trust_id");
  const targets = [domainId ?? domainName, projectId ?? projectName, trust];
  if (targets.filter((target) => target !== undefined).length > 1) {
    throw new AuthorizationFailure(
      "Authentication cannot be scoped to multiple targets. Pick one of: project, domain or trust",
    );
  }
  if (domainId !== undefined) return { scope: { domain: { id: domainId } } };
  if (domainName !== undefined) return { scope: { domain: { name: domainName } } };
  if (projectId !== undefined) return { scope: { project: { id: projectId } } };
  if (projectName !== undefined) {
    const domain = domainOf(text("project_domain_id"), text("project_domain_name"));
    return { scope: { project: { name: projectName, ...domain } } };
  }
  return trust === undefined ? {} : { scope: { "OS-TRUST:trust": { id: trust } } };
}

/** Where none is named it is the one with the id `default`. */
function domainOf(id: string | undefined, name: string | undefined): JsonObject {
  if (id !== undefined) return { domain: { id } };
  return { domain: name === undefined ? { id: "default" } : { name } };
}
