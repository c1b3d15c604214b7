/**
 * Keystone as its clients see it: the contract for whoever asks for a token or about one. It speaks
 * to a URL and knows nothing of what is behind it. Upstream: python-keystoneclient 0.11.
 */
import type { HttpClient, HttpResponse } from "../../http/index.js";
import type { Op } from "../../kernel/index.js";
import { Exception, type JsonObject } from "../../python/index.js";

export interface PasswordCredentials {
  readonly username: string;
  readonly password: string;
  /** Without a tenant the token is unscoped. */
  readonly tenantName?: string;
}

export interface CatalogEndpoint {
  readonly id: string;
  readonly region: string;
  readonly publicURL: string;
  readonly internalURL?: string;
  readonly adminURL?: string;
}

export interface CatalogEntry {
  readonly type: string;
  readonly name: string;
  readonly endpoints: readonly CatalogEndpoint[];
}

/** `access` of a v2 answer. */
export interface Access {
  readonly token: {
    readonly id: string;
    /** `2014-09-18T05:03:09Z`. */
    readonly expires: string;
    readonly issued_at: string;
    readonly audit_ids: readonly string[];
    readonly tenant?: {
      readonly id: string;
      readonly name: string;
      readonly description: string;
      readonly enabled: boolean;
    };
  };
  readonly user: {
    readonly id: string;
    readonly name: string;
    readonly username: string;
    readonly roles: readonly { readonly name: string }[];
  };
  readonly serviceCatalog: readonly CatalogEntry[];
  readonly metadata: { readonly is_admin: number; readonly roles: readonly string[] };
}

/** Keystone answered, and it was not what was hoped for. */
export class KeystoneError extends Exception {
  static override readonly module: string = "keystoneclient.openstack.common.apiclient.exceptions";
  override readonly name: string = "HttpError";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message, { http_status: status });
    this.status = status;
  }
}

/** Bad credentials, or a bad token of one's own. */
export class Unauthorized extends KeystoneError {
  override readonly name: string = "Unauthorized";
}

/**
 * A token for a user: `POST {authUrl}/tokens`.
 * @param authUrl `http://controller:5000/v2.0`
 * @throws Unauthorized, KeystoneError; ConnectionError of `http` if nobody answers
 */
export function* authenticate(
  http: HttpClient,
  authUrl: string,
  credentials: PasswordCredentials,
): Op<Access> {
  const { username, password, tenantName } = credentials;
  const auth = {
    ...(tenantName !== undefined && { tenantName }),
    passwordCredentials: { username, password },
  };
  const response = yield* http.request("POST", `${trimmed(authUrl)}/tokens`, { body: { auth } });
  return accessOf(response);
}

/**
 * What a token says: `GET {adminUrl}/tokens/{id}`, with a token that may ask.
 * @param adminUrl `http://controller:35357/v2.0`
 * @throws Unauthorized if `own` is bad, KeystoneError 404 if `token` is; ConnectionError of `http`
 */
export function* validate(
  http: HttpClient,
  adminUrl: string,
  own: string,
  token: string,
): Op<Access> {
  const headers = { "x-auth-token": own };
  const response = yield* http.request(
    "GET",
    `${trimmed(adminUrl)}/tokens/${encodeURIComponent(token)}`,
    { headers },
  );
  return accessOf(response);
}

/** The public URL of the first endpoint of `type`, in `region` if it is given. */
export function urlFor(
  catalog: readonly CatalogEntry[],
  type: string,
  region?: string,
): string | undefined {
  for (const entry of catalog) {
    if (entry.type !== type) continue;
    const found = entry.endpoints.find((each) => region === undefined || each.region === region);
    if (found !== undefined) return found.publicURL;
  }
  return undefined;
}

function accessOf({ status, body }: HttpResponse): Access {
  if (status === 200) return (body as unknown as { access: Access }).access;
  const error = (body as JsonObject | null)?.["error"] as { message?: string } | undefined;
  const message = `${error?.message ?? "Keystone failed"} (HTTP ${status})`;
  if (status === 401) throw new Unauthorized(status, message);
  throw new KeystoneError(status, message);
}

const trimmed = (url: string): string => url.replace(/\/+$/, "");
