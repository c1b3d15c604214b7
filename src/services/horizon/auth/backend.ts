/**
 * A login: a token without a project, the user's projects, and a token for the last of them that will have it. Upstream:
 * openstack_auth/backend.py (authenticate) at 1.1.7.
 */
import { md5 } from "@noble/hashes/legacy.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Op } from "../../../kernel/index.js";
import { Exception, textOf, type JsonObject } from "../../../python/index.js";
import { KeystoneError } from "../../keystone/client.js";
import { authenticate, tenantsOf, tokenOf, type Tenant } from "../api/keystone.js";
import { SETTINGS } from "../settings.js";
import type { HorizonRequest } from "../web/request.js";
import type { TokenRecord } from "../web/session.js";
import { endpointsOf, isTokenValid, User } from "./user.js";

/** Nobody could be logged in; the words are for the form. */
export class KeystoneAuthException extends Exception {
  static override readonly module: string = "openstack_auth.exceptions";
  override readonly name: string = "KeystoneAuthException";
}

export interface LogIn {
  readonly user: User;
  readonly unscoped_token: string;
}

/** @throws KeystoneAuthException */
export function* logIn(
  request: HorizonRequest,
  username: string,
  password: string,
  authUrl: string,
): Op<LogIn> {
  const { env } = request;
  const passwordCredentials = { username, password };
  const unscoped = yield* refusing(
    authenticate(env, authUrl, { passwordCredentials }),
    ({ status }) =>
      [401, 403, 404].includes(status)
        ? "Invalid user name or password."
        : "An error occurred authenticating. Please try again later.",
  );
  assertValid(request, tokenOf(unscoped));
  const first = tokenOf(unscoped);
  const scoped =
    first.project.id === null ? yield* scopedToken(request, authUrl, first.id) : unscoped;
  const token = tokenOf(scoped);
  assertValid(request, token);
  return {
    user: new User(shortened(token), identityUrl(token)),
    unscoped_token: shortened(first).id,
  };
}

function* scopedToken(request: HorizonRequest, authUrl: string, id: string): Op<JsonObject> {
  const { env } = request;
  const projects: Tenant[] = yield* refusing(
    tenantsOf(env, authUrl, id),
    () => "Unable to retrieve authorized projects.",
  );
  if (projects.length === 0) {
    throw new KeystoneAuthException("You are not authorized for any projects.");
  }
  for (let project = projects.pop(); project !== undefined; project = projects.pop()) {
    try {
      return yield* authenticate(env, authUrl, { tenantId: project.id, token: { id } });
    } catch (error) {
      if (!(error instanceof KeystoneError)) throw error;
    }
  }
  throw new KeystoneAuthException("Unable to authenticate to any available projects.");
}

function* refusing<T>(op: Op<T>, words: (error: KeystoneError) => string): Op<T> {
  try {
    return yield* op;
  } catch (error) {
    if (!(error instanceof KeystoneError)) throw error;
    throw new KeystoneAuthException(words(error));
  }
}

function assertValid({ env }: HorizonRequest, token: TokenRecord): void {
  const { kernel } = env;
  if (isTokenValid(token, kernel.now, (text) => kernel.calendar.parse(text))) return;
  throw new KeystoneAuthException(
    "The authentication token issued by the Identity service has expired.",
  );
}

/** A long token goes by its hash, which Keystone's middleware takes as well. */
export function shortened(token: TokenRecord): TokenRecord {
  if (token.id.length <= SETTINGS.longest_token_id) return token;
  return { ...token, id: bytesToHex(md5(utf8ToBytes(token.id))) };
}

/** Keystone, where the catalog has it. */
function identityUrl({ serviceCatalog }: TokenRecord): string {
  const identity = serviceCatalog.find((service) => service["type"] === "identity");
  const [endpoint] = identity === undefined ? [] : endpointsOf(identity);
  return endpoint === undefined
    ? SETTINGS.openstack_keystone_url
    : textOf(endpoint, "publicURL").replace(/\/+$/u, "");
}
