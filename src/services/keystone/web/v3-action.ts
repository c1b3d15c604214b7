/**
 * A method of a v3 controller behind a route: first the rule of policy.json, about what the path
 * names if that is loaded for it; then the arguments, then the schema, then the method. Upstream:
 * keystone/common/controller.py (protected, filterprotected), keystone/common/validation at 2014.2.
 */
import { respond, type HttpRequest, type HttpResponse } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import { str, type JsonObject } from "../../../python/index.js";
import type { KeystoneApp } from "../app.js";
import { NoRoute } from "../exception.js";
import { route, type KeystoneRoute, type KeystoneRule, type Target } from "../policy.js";
import type { Caller } from "../tokens/caller.js";
import { SCHEMAS } from "../validation/schemas.js";
import { validate } from "../validation/validator.js";
import { argumentsOf, bind, type Signature } from "./arguments.js";

export interface V3Call {
  readonly app: KeystoneApp;
  readonly caller: Caller;
  readonly request: HttpRequest;
  /** What links begin with: `http://controller:5000`. */
  readonly base: string;
  readonly args: JsonObject;
  /** Part of the path. */
  readonly id: (name: string) => string;
}

type V3Rule = Extract<KeystoneRule, `identity:${string}`>;
type ActionName<R extends string> = R extends `identity:${infer Name}` ? Name : never;

export interface V3Signature extends Omit<Signature, "name"> {
  readonly name: ActionName<V3Rule>;
  /** Loads what the rule is about, whoever asks. @throws NotFound before a refusal */
  readonly target?: (app: KeystoneApp, call: Pick<V3Call, "id">) => void;
  /** Whether the path is there, where an option says so. */
  readonly exists?: (app: KeystoneApp) => boolean;
  /** Whose thing it is about, beyond `user_id` of the path. */
  readonly about?: (app: KeystoneApp, args: JsonObject) => Partial<Target>;
  /** The argument that the schema of that name is about. */
  readonly validates?: string;
}

export const v3Action = (
  method: KeystoneRoute["method"],
  path: string,
  signature: V3Signature,
  run: (call: V3Call) => Op<HttpResponse>,
): KeystoneRoute =>
  route(method, `/v3${path}`, { inside: `identity:${signature.name}` }, function* (given) {
    const { app, ctxt: caller, request, params, enforce } = given;
    if (signature.exists?.(app) === false) throw new NoRoute();
    const args = argumentsOf(request.body, params);
    const id = (name: string): string => str(args[name] ?? null);
    if (!caller.bootstrap) {
      caller.token();
      signature.target?.(app, { id });
      if (signature.filtered !== true) checkSubject(app, request);
    }
    const user = args["user_id"];
    enforce({
      user_id: typeof user === "string" ? user : undefined,
      ...signature.about?.(app, args),
    });
    const { validates } = signature;
    if (validates !== undefined && validates in args && signature.name in SCHEMAS) {
      validate(SCHEMAS[signature.name as keyof typeof SCHEMAS], args[validates] ?? null);
    }
    bind(signature, args);
    return yield* run({ app, caller, request, base: caller.base, args, id });
  });

/** A token that the header names is looked up for the rule, even where nothing asks about it. */
function checkSubject(app: KeystoneApp, { headers }: HttpRequest): void {
  const token_id = headers["x-subject-token"];
  if (token_id !== undefined) app.tokens.validate(token_id);
}

/** 200 or, for a POST, 201 with a body; 204 without. */
export const rendered = (
  { request }: Pick<V3Call, "request">,
  body: JsonObject | null,
): HttpResponse => {
  const fine = request.method === "POST" ? 201 : 200;
  return respond(body === null ? 204 : fine, body, { vary: "X-Auth-Token" });
};
