/**
 * A served session as a scenario: what came in as `request:` steps, and the time between as `advance:`. What one answer
 * brought and a later request names (a token, the id of a server) is kept under a name, so that the scenario can be
 * edited and run elsewhere. Not a replay: that does the same bytes again, this is a beginning for a test.
 */
import { parseQuery } from "../../http/index.js";
import { formatDuration, microseconds } from "../../kernel/index.js";
import { isObject, toJson, type Json, type JsonObject } from "../../python/index.js";
import type { Entry, Header } from "../../timeline/index.js";
import { ARRIVAL, type ArrivedRequest } from "../door/arrived.js";
import { Operations } from "./operations.js";

interface Visit {
  readonly at: number;
  readonly arrived: ArrivedRequest;
  /** When it was answered, and with what; undefined if it never was. */
  readonly answer:
    | {
        readonly at: number;
        readonly status: number;
        readonly body: Json;
        readonly headers: JsonObject;
      }
    | undefined;
}

/** An entry of any kind, those of this door among them. */
interface Stamped {
  readonly kind: string;
  readonly seq: number;
  readonly at: number;
  readonly cause?: number;
}

/** Names for what answers bring, by its text. */
type Kept = Map<string, string>;

/** @param services names of the catalog by their addresses: `controller:8774` is nova */
export function scenarioOf(
  header: Header,
  entries: Iterable<Entry>,
  services: ReadonlyMap<string, string>,
): JsonObject {
  const source = toJson(header.source);
  const base = isObject(source) ? source : {};
  const operations = new Operations();
  const visits = visitsIn(entries, operations).filter(({ arrived }) => !isDiscovery(arrived));
  const before = listOf(base["steps"]);
  return {
    ...base,
    scenario: `${header.scenario}-session`.slice(0, 60),
    cloud: cloudOf(base["cloud"]),
    steps: [...before, ...stepsOf(visits, services, operations)],
  };
}

const listOf = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : [];

/** What was there for people outside alone is left out. */
function cloudOf(cloud: Json | undefined): JsonObject {
  if (!isObject(cloud)) return {};
  const { published: _published, ...rest } = cloud;
  return rest;
}

function visitsIn(entries: Iterable<Entry>, operations: Operations): Visit[] {
  const visits: { at: number; arrived: ArrivedRequest; answer: Visit["answer"] }[] = [];
  const byCause = new Map<number, number>();
  const byRequest = new Map<number, number>();
  for (const entry of entries) {
    operations.see(entry);
    const { kind, seq, at, cause }: Stamped = entry;
    if (kind === ARRIVAL) {
      byCause.set(seq, visits.length);
      const { arrived } = entry as unknown as { readonly arrived: ArrivedRequest };
      visits.push({ at, arrived, answer: undefined });
    } else if (entry.kind === "rest.request" && cause !== undefined) {
      const visit = byCause.get(cause);
      if (visit !== undefined) byRequest.set(entry.id, visit);
    } else if (entry.kind === "rest.response") {
      const visit = visits[byRequest.get(entry.id) ?? -1];
      if (visit === undefined || entry.status === 0) continue;
      const { status } = entry;
      visit.answer = {
        at,
        status,
        body: toJson(entry.body),
        headers: toJson(entry.headers) as JsonObject,
      };
    }
  }
  return visits;
}

/** Clients ask which versions there are before anything else; a scenario knows. */
const isDiscovery = ({ method, headers }: ArrivedRequest): boolean =>
  method === "GET" && headers["x-auth-token"] === undefined;

function stepsOf(
  visits: readonly Visit[],
  services: ReadonlyMap<string, string>,
  operations: Operations,
): JsonObject[] {
  const kept: Kept = new Map();
  const steps: JsonObject[] = [];
  let last: { key: string; answer: string } | undefined;
  for (const { step } of operations.until(visits[0]?.at ?? Infinity)) steps.push(step);
  for (let at = 0; at < visits.length;) {
    const group = overlapping(visits, at);
    const later = visits.slice(at + group.length);
    const requests = group.map((visit) => requestOf(visit, later, kept, services));
    const [only] = requests;
    const key = JSON.stringify(requests.map(({ request }) => request));
    const answer = JSON.stringify(group.map((visit) => visit.answer?.body));
    // A poll that brought nothing is the time that went by.
    const polled =
      group.every(({ arrived }) => arrived.method === "GET") &&
      last?.key === key &&
      last.answer === answer;
    if (!polled && only !== undefined)
      steps.push(requests.length === 1 ? only : { together: requests });
    last = { key, answer };
    const ended = Math.max(...group.map((visit) => visit.answer?.at ?? visit.at));
    const [next] = later;
    let now = ended;
    for (const { step, at: instant } of operations.until(next?.at ?? Infinity)) {
      addPause(steps, instant - now);
      steps.push(step);
      now = Math.max(now, instant);
      // What comes after it is no repetition.
      last = undefined;
    }
    if (next !== undefined) addPause(steps, next.at - now);
    at += group.length;
  }
  return steps;
}

/** Those from `at` on that came in before the one before was answered. */
function overlapping(visits: readonly Visit[], at: number): readonly Visit[] {
  let end = at + 1;
  let until = visits[at]?.answer?.at ?? 0;
  for (let visit = visits[end]; visit !== undefined && visit.at < until; visit = visits[++end]) {
    until = Math.max(until, visit.answer?.at ?? 0);
  }
  return visits.slice(at, end);
}

/** Pauses between steps that were left out come together. */
function addPause(steps: JsonObject[], span: number): void {
  if (span < 1_000) return;
  const whole = Math.round(span / 1_000) * 1_000;
  const before = steps.at(-1)?.["advance"];
  const known = typeof before === "string" ? PAUSES.get(steps.at(-1) as JsonObject) : undefined;
  const all = whole + (known ?? 0);
  if (known !== undefined) steps.pop();
  const step = { advance: formatDuration(microseconds(all)) };
  PAUSES.set(step, all);
  steps.push(step);
}

/** How long the pauses are, in microseconds. */
const PAUSES = new WeakMap<JsonObject, number>();

function requestOf(
  { arrived, answer }: Visit,
  later: readonly Visit[],
  kept: Kept,
  services: ReadonlyMap<string, string>,
): { readonly request: JsonObject } {
  const { to, method, target, headers, text, data } = arrived;
  const service = services.get(to);
  const named = service !== undefined && /^\/v\d/u.test(target);
  const own = headersOf(headers);
  const body = text !== undefined ? bodyOf(text) : data && { $data: { ...data } };
  const written: JsonObject = {
    as: "none",
    to: named ? service : `http://${to}`,
    ...(method !== "GET" && { method }),
    path: pathOf(target),
    ...(Object.keys(own).length > 0 && { headers: own }),
    ...(body !== undefined && { body }),
  };
  const request = substituted(written, kept) as JsonObject;
  const keep = answer === undefined ? {} : keptOf(answer, method, target, later, kept);
  return {
    request: {
      ...request,
      ...(answer !== undefined && { expect: { status: answer.status } }),
      ...(Object.keys(keep).length > 0 && { keep }),
    },
  };
}

/** The query as a scenario has it: what a URL need not quote is plain. */
function pathOf(target: string): string {
  const at = target.indexOf("?");
  return at < 0 ? target : `${target.slice(0, at)}${parseQuery(target.slice(at + 1)).toString()}`;
}

/** Headers that say something; the others every client sends. */
const SAYING =
  /^(?:cookie$|x-(?!openstack-nova-api-version)|if-|range$|destination$|etag$|content-type$)/u;

function headersOf(headers: Readonly<Record<string, string>>): JsonObject {
  const said = Object.entries(headers).filter(
    ([name, value]) =>
      SAYING.test(name) && !(name === "content-type" && value.startsWith("application/json")),
  );
  return Object.fromEntries(said.map(([name, value]) => [capitalised(name), value]));
}

/** `Content-Type`: as people write it, and as clients of the simulation do. */
const capitalised = (name: string): string =>
  name.replace(/(?:^|-)[a-z]/gu, (start) => start.toUpperCase());

function bodyOf(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

const ID = /^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/u;

/** What of an answer later requests name, by new names; `kept` has them from now on. */
function keptOf(
  { status, body, headers }: NonNullable<Visit["answer"]>,
  method: string,
  target: string,
  later: readonly Visit[],
  kept: Kept,
): JsonObject {
  const keep: Record<string, string> = {};
  if (status >= 400) return keep;
  const add = (text: string, kind: string, path: string): void => {
    const name = `${kind}_${String([...kept.values()].filter((one) => one.startsWith(`${kind}_`)).length + 1)}`;
    kept.set(text, name);
    keep[name] = path;
  };
  if (method === "POST" && /^\/v(?:2\.0|3\/auth)\/tokens\/?$/u.test(target)) {
    const subject = headers["x-subject-token"];
    const token = typeof subject === "string" ? subject : nextToken(later, kept);
    if (token !== undefined && named(later, token)) {
      add(
        token,
        "token",
        typeof subject === "string" ? "header:X-Subject-Token" : "access.token.id",
      );
    }
    return keep;
  }
  if (method !== "POST") return keep;
  for (const [kind, path, id] of idsIn(body)) {
    if (!kept.has(id) && named(later, id)) add(id, kind, path);
  }
  return keep;
}

/** The token of Keystone's v2.0 is folded away in a recording; it is the next one that nobody has had. */
function nextToken(later: readonly Visit[], kept: Kept): string | undefined {
  for (const { arrived } of later) {
    const token = arrived.headers["x-auth-token"];
    if (token !== undefined && !kept.has(token)) return token;
  }
  return undefined;
}

const named = (later: readonly Visit[], id: string): boolean =>
  later.some(({ arrived }) => JSON.stringify(arrived).includes(id));

/** Kind, path and id of what an answer shows: `server`, `server.id`. What was folded shows its id. */
function idsIn(body: Json): [kind: string, path: string, id: string][] {
  if (!isObject(body)) return [];
  return Object.entries(body).flatMap(([kind, thing]): [string, string, string][] => {
    if (kind === "id" && typeof thing === "string" && ID.test(thing)) return [["id", "id", thing]];
    if (!isObject(thing)) return [];
    const folded = thing["$folded"];
    const shows = isObject(folded) && isObject(folded["shows"]) ? folded["shows"] : thing;
    const id = shows["id"];
    return typeof id === "string" && ID.test(id)
      ? [[kind.replace(/\W/gu, "_"), `${kind}.id`, id]]
      : [];
  });
}

/** `value` with the names of what was kept in its place. */
function substituted(value: Json, kept: Kept): Json {
  if (typeof value === "string") {
    let text = value;
    for (const [id, name] of kept) text = text.replaceAll(id, `{{${name}}}`);
    return text;
  }
  if (Array.isArray(value)) return value.map((item) => substituted(item as Json, kept));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, substituted(item ?? null, kept)]),
  );
}
