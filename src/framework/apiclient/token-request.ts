/**
 * Asking Keystone for a token, `POST /v2.0/tokens`: one request for everybody who logs in, be it a
 * command, a service or the token middleware. What each makes of a refusal is its own affair.
 * Upstream: openstack.common.apiclient of oslo-incubator, which every python-*client carries.
 */
import type { HttpResponse, RequestOptions } from "../../http/index.js";
import type { Op } from "../../kernel/index.js";

/** Sends requests: a process's `HttpClient`, or what stands before one. */
export interface Requester {
  request(method: string, url: string, options?: RequestOptions): Op<HttpResponse>;
}

/** Who asks and for which tenant; without a tenant the token is unscoped. Sent in this order. */
export type AuthRequest = {
  readonly tenantId?: string;
  readonly tenantName?: string;
} & (
  | { readonly passwordCredentials: PasswordCredentials }
  | { readonly token: { readonly id: string } }
);

export interface PasswordCredentials {
  readonly username?: string | null;
  readonly userId?: string;
  readonly password: string | null;
}

/**
 * Ask for a token; the answer may be a refusal.
 * @param authUrl `http://controller:5000/v2.0`
 */
export const requestToken = (
  http: Requester,
  authUrl: string,
  auth: AuthRequest,
): Op<HttpResponse> =>
  http.request("POST", `${authUrl.replace(/\/+$/, "")}/tokens`, { body: { auth } });
