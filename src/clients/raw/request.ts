/**
 * One request of a user to a service, as written: a login as the clients do it, unless it is to be
 * nobody's, and then whatever the service answers. Nothing is tried again and no status is an error:
 * what there is no command for, and what no client would send. What curl is to a real cloud.
 */
import { ClientException, CommandError } from "../../framework/apiclient/index.js";
import type { Requester } from "../../framework/apiclient/index.js";
import type { Env } from "../../framework/index.js";
import { ConnectionError, type Headers } from "../../http/index.js";
import type { Op } from "../../kernel/index.js";
import type { Json } from "../../python/index.js";
import { Session } from "../openstack/session.js";
import { Transport } from "../openstack/transport.js";
import type { CommandResult } from "../shell/console.js";
import type { ClientUser } from "../user.js";
import type { RawAnswer } from "./answer.js";
import { curlLine, curlOutput } from "./curl.js";
import { urlOf, type CatalogUrls } from "./url.js";

export interface RawRequest {
  /** A service of the catalog by name or type (`neutron`, `network`), or `http://host:port`. */
  readonly to: string;
  readonly method: string;
  /** Begins with a slash; see `urlOf`. */
  readonly path: string;
  readonly headers?: Headers | undefined;
  /** None is sent if absent; null is one. */
  readonly body?: Json | undefined;
  /** Without a login and its token. */
  readonly anonymous?: boolean | undefined;
}

/** An answer, and the request as a person would have typed it. */
interface RawExchange {
  readonly answer: RawAnswer;
  readonly command: string;
  readonly result: CommandResult;
}

const USER_AGENT = "novasim";

/** Make `request` as `user`, or as somebody who has no account. Nothing is thrown for what a user can do wrong. */
export function* exchange(
  env: Pick<Env, "kernel"> & { readonly http: Requester },
  user: ClientUser | undefined,
  request: RawRequest,
  catalog: CatalogUrls,
): Op<RawExchange> {
  const transport = new Transport(env, { userAgent: USER_AGENT });
  env.kernel.unchecked.admit();
  const anonymous = user === undefined || request.anonymous === true;
  const { headers = {}, body } = request;
  let url = `${request.to}${request.path}`;
  let answer: RawAnswer;
  try {
    url = urlOf(catalog, request.to, request.path);
    const token = anonymous ? {} : { "X-Auth-Token": yield* tokenOf(transport, user) };
    const sent = { headers: { ...token, ...headers }, body };
    const response = yield* transport.request(request.method, url, sent);
    answer = { kind: "response", response };
  } catch (error) {
    if (!expected(error)) throw error;
    answer = { kind: "error", message: error.message };
  }
  const command = curlLine(request.method, url, headers, body, anonymous);
  return { answer, command, result: curlOutput(answer) };
}

/** A login of its own for each request, as each command has. */
function* tokenOf(transport: Transport, user: ClientUser): Op<string> {
  const session = new Session(transport, user, { serviceType: "identity" });
  yield* session.authenticate();
  return session.token;
}

const expected = (error: unknown): error is Error =>
  error instanceof ConnectionError ||
  error instanceof ClientException ||
  error instanceof CommandError;
