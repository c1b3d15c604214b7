/**
 * One answer out of those of several servers: the class of statuses that a quorum has, and in it the
 * highest. Upstream: swift/proxy/controllers/base.py (best_response, _compute_quorum_response,
 * have_quorum, update_headers), swift/common/utils.py (quorum_size) at 2.2.0.
 */
import type { Env } from "../../../../framework/index.js";
import type { Headers, HttpResponse } from "../../../../http/index.js";
import { HTML, answer } from "../../common/answer.js";

/** More than half. */
export const quorumSize = (nodes: number): number => Math.floor(nodes / 2) + 1;

const CLASSES = [200, 300, 400] as const;

const inClass = (status: number, hundred: number): boolean =>
  status >= hundred && status < hundred + 100;

/** Whether so many servers of `nodes` agree on a class already. */
export function haveQuorum(statuses: readonly number[], nodes: number): boolean {
  const quorum = quorumSize(nodes);
  return CLASSES.some(
    (hundred) => statuses.filter((status) => inClass(status, hundred)).length >= quorum,
  );
}

/** Headers of a storage server's answer that a client sees. */
export function passedOn(headers: Headers): Headers {
  const withheld = [
    ...["date", "content-length", "content-type", "connection"],
    ...["x-put-timestamp", "x-delete-after"],
  ];
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !withheld.includes(name))
      .map(([name, value]) => [name, name === "etag" ? value.replaceAll('"', "") : value]),
  );
}

export interface BestOptions {
  /** `Object PUT`: for the log. */
  readonly what: string;
  readonly etag?: string | undefined;
  /** Statuses that count as others where there is no quorum without. */
  readonly overrides?: ReadonlyMap<number, number>;
}

export function bestResponse(
  env: Env,
  responses: readonly HttpResponse[],
  { what, etag, overrides }: BestOptions,
): HttpResponse {
  const best = quorumOf(responses, etag, new Set());
  if (best !== undefined) return best;
  if (overrides !== undefined) {
    const turned = responses.map((response) => {
      const status = overrides.get(response.status);
      return status === undefined ? response : { status, headers: {}, body: "" };
    });
    const avoided = new Set(turned.filter((response, at) => response !== responses[at]));
    const other = quorumOf(turned, etag, avoided);
    if (other !== undefined) return other;
  }
  const statuses = responses.map(({ status }) => String(status));
  const listed = statuses.length === 1 ? `${statuses[0] ?? ""},` : statuses.join(", ");
  env.log("error", `${what} returning 503 for (${listed})`);
  return { ...answer(503), reason: "Internal Server Error" };
}

/** @param avoided what counts, and is not to be answered with */
function quorumOf(
  responses: readonly HttpResponse[],
  etag: string | undefined,
  avoided: ReadonlySet<HttpResponse>,
): HttpResponse | undefined {
  if (responses.length === 0) return undefined;
  for (const hundred of CLASSES) {
    const agreed = responses.filter(({ status }) => inClass(status, hundred));
    if (agreed.length < quorumSize(responses.length)) continue;
    const usable = agreed.filter((response) => !avoided.has(response));
    const [first, ...others] = usable;
    if (first === undefined) continue;
    const { status, headers, body } = others.reduce(
      (best, other) => (other.status > best.status ? other : best),
      first,
    );
    const shown = { "content-type": HTML, ...passedOn(headers), ...(etag && { etag }) };
    return { ...answer(status, { body: body ?? "" }), headers: sized(shown, body) };
  }
  return undefined;
}

const sized = (headers: Headers, body: unknown): Headers => ({
  ...headers,
  ...(typeof body === "string" && { "content-length": String(body.length) }),
});
