/**
 * Stands in for nova-api where a test needs an answer that the real one never gives. It listens in
 * the cloud of a bed, beside the real one, and is reached by `--bypass-url`.
 */
import { HttpServer, respond, type HttpResponse } from "../../src/http/index.js";
import type { Bed } from "./bed.js";

/** An option of `nova`. */
export const AT_FAKE = "--bypass-url http://fake:8774/v2/x";

/** Answers by `GET /servers/1`; anything else is not found. */
export function fakeNovaApi({ cloud }: Bed, answers: Readonly<Record<string, HttpResponse>>): void {
  const application = function* ({ method, path }: { method: string; path: string }) {
    const answer = answers[`${method} ${path.replace("/v2/x", "")}`];
    return answer ?? respond(404, { itemNotFound: { code: 404, message: "not faked" } });
  };
  const address = "fake:8774";
  new HttpServer(cloud.network, { actor: "fake@fake", address, application }).start();
}
