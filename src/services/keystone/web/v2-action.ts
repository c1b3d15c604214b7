/**
 * A method of a v2 controller behind a route. It asks for an admin itself, where upstream's line
 * does, and so some faults are told before that. Upstream: keystone/common/controller.py
 * (V2Controller), keystone/common/wsgi.py (assert_admin, render_response) at 2014.2.
 */
import { respond, type HttpRequest, type HttpResponse } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import { type Json, type JsonObject, asDict, str } from "../../../python/index.js";
import type { KeystoneApp } from "../app.js";
import { ValidationError } from "../exception.js";
import { route, type KeystoneRoute } from "../policy.js";
import type { Caller } from "../tokens/caller.js";
import { argumentsOf, bind, type Signature } from "./arguments.js";

export interface V2Call {
  readonly app: KeystoneApp;
  readonly caller: Caller;
  readonly request: HttpRequest;
  readonly args: JsonObject;
  /** Part of the path. */
  readonly id: (name: string) => string;
  /** @throws Unauthorized without a token for a tenant, ForbiddenAction for who is no admin */
  readonly assertAdmin: () => void;
}

type Method = KeystoneRoute["method"];

/** A method for admins. `run` answers 200 with a body, 204 without. */
export const adminAction = (
  method: Method,
  path: string,
  signature: Signature,
  run: (call: V2Call) => Op<JsonObject | null>,
): KeystoneRoute =>
  route(method, `/v2.0${path}`, { inside: "admin_required" }, function* (call) {
    const { app, ctxt, request, params, enforce } = call;
    const args = argumentsOf(request.body, params);
    bind(signature, args);
    return answer(
      yield* run({
        app,
        caller: ctxt,
        request,
        args,
        id: (name) => str(args[name] ?? null),
        assertAdmin() {
          ctxt.assertScoped();
          enforce({ user_id: "" });
        },
      }),
    );
  });

export const VARY = { vary: "X-Auth-Token" };

export const answer = (body: JsonObject | null): HttpResponse =>
  respond(body === null ? 204 : 200, body, VARY);

/** A new name for `tenant`, `user`, `role` where it is there and not empty. @throws ValidationError */
export function requireName(ref: JsonObject): void {
  if (!ref["name"]) {
    throw new ValidationError({}, "Name field is required and cannot be empty");
  }
}

/** The object at an argument, with the names of its members made Python's. */
export function normalizedDict(value: Json): JsonObject {
  const dict = asDict(value, "iteritems");
  return Object.fromEntries(
    Object.entries(dict).map(([name, member]) => [name.replace(/[:-]/g, "_"), member ?? null]),
  );
}
