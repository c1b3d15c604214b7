/**
 * Actions of alarms by their schemes: a line in the log, a POST that nobody waits for, the same with a token by a
 * trust. Whether a POST arrives is nobody's concern; https has nowhere to go here. Upstream:
 * ceilometer/alarm/notifier/{log,rest,trust,test}.py at 2014.2.
 */
import type { Env } from "../../../framework/index.js";
import { ConnectionError, InvalidUrl, reason, type Headers } from "../../../http/index.js";
import { done, type Op } from "../../../kernel/index.js";
import { Exception, str, type Json, type JsonObject } from "../../../python/index.js";
import { messageIn } from "../../keystone/client.js";
import { geturl, splitRepr, type ActionUrl } from "../action-urls.js";
import { restNotifierFlags } from "../alarm-flags.js";
import type { ServiceCredentials } from "../client/index.js";
import { serviceCredentials } from "../service-credentials.js";

/** What an action is told. */
export interface Notice {
  readonly alarm_id: Json;
  readonly previous: Json;
  readonly current: Json;
  readonly reason: Json;
  readonly reason_data: Json;
}

/** The process that acts, and what is configured for it. */
export interface Actor {
  readonly env: Env;
  /** How often a POST is tried again. */
  readonly retries: number;
  readonly credentials: ServiceCredentials;
}

export const actorOf = (env: Env): Actor => ({
  env,
  retries: env.flags.read(restNotifierFlags).rest_notifier_max_retries,
  credentials: serviceCredentials(env),
});

export type Action = (actor: Actor, url: ActionUrl, notice: Notice) => Op<void>;

const said = (url: ActionUrl, { alarm_id, previous, current, reason }: Notice): string =>
  `Notifying alarm ${str(alarm_id)} from ${str(previous)} to ${str(current)} ` +
  `with action ${splitRepr(url)} because ${str(reason)}`;

const log: Action = ({ env }, url, notice) => {
  env.log("info", said(url, notice));
  return done(undefined);
};

const rest = (actor: Actor, url: ActionUrl, notice: Notice, headers: Headers = {}): Op<void> => {
  const { env } = actor;
  const id = env.requestId();
  env.log("info", `${said(url, notice)}. request-id: ${id}`);
  const all = { ...headers, "x-openstack-request-id": id, "content-type": "application/json" };
  env.spawn("session.post", post(actor, geturl(url), all, { ...notice }), { daemon: false });
  return done(undefined);
};

/** Who cannot be reached is tried again at once, so many times. */
function* post({ env, retries }: Actor, url: string, headers: Headers, body: JsonObject): Op<void> {
  for (let attempt = 0; attempt <= retries; attempt++) {
    try {
      yield* env.http.request("POST", url, { headers, body });
      return;
    } catch (error) {
      if (!(error instanceof ConnectionError || error instanceof InvalidUrl)) throw error;
    }
  }
}

/** @throws Exception where there is no such trust */
function* trust(actor: Actor, url: ActionUrl, notice: Notice): Op<void> {
  const [trustId = "", netloc] = url.netloc.split("@");
  if (netloc === undefined) throw new Exception("list index out of range");
  const token = yield* trustToken(actor, trustId.split(":")[0] ?? "");
  const target = { ...url, netloc, scheme: url.scheme.slice("trust+".length) };
  yield* rest(actor, target, notice, { "x-auth-token": token });
}

/** A token of the service's own user, with what the trust gives it. */
function* trustToken({ env, credentials }: Actor, id: string): Op<string> {
  const { authUrl, username, password } = credentials;
  const user = { name: username, domain: { id: "default" }, password };
  const identity = { methods: ["password"], password: { user } };
  const auth = { identity, scope: { "OS-TRUST:trust": { id } } };
  const url = `${authUrl.replace("v2.0", "v3").replace(/\/+$/, "")}/auth/tokens`;
  const { status, headers, body } = yield* env.http.request("POST", url, { body: { auth } });
  const token = headers["x-subject-token"];
  if (status >= 300 || token === undefined) {
    const refused = `${messageIn(body) ?? reason(status)} (HTTP ${String(status)})`;
    throw new Exception(status === 401 ? refused : `Authorization failed: ${refused}`);
  }
  return token;
}

export const ACTIONS: ReadonlyMap<string, Action> = new Map([
  ["log", log],
  ["test", () => done(undefined)],
  ["http", (actor: Actor, url: ActionUrl, notice: Notice) => rest(actor, url, notice)],
  ["https", (actor: Actor, url: ActionUrl, notice: Notice) => rest(actor, url, notice)],
  ["trust+http", trust],
  ["trust+https", trust],
]);
