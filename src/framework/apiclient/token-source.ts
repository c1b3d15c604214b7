/**
 * With whose token a client asks, and what it does when a service refuses it: once more with
 * another, if another may be had. Upstream: the 401 branch of each python-*client's HTTPClient.
 */
import type { HttpResponse } from "../../http/index.js";
import type { Op } from "../../kernel/index.js";

/** Where a client gets its token from. */
export interface TokenSource {
  token(): Op<string>;
  /** `refused` was refused: whether another one may be had. */
  renew(refused: string): boolean;
}

/** The answer to `send` with a token of `tokens`; to a second one if the first was a 401. */
export function* authorized(
  tokens: TokenSource,
  send: (token: string) => Op<HttpResponse>,
): Op<HttpResponse> {
  const token = yield* tokens.token();
  const response = yield* send(token);
  if (response.status !== 401 || !tokens.renew(token)) return response;
  return yield* send(yield* tokens.token());
}
