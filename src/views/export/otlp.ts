/**
 * OpenTelemetry's OTLP as JSON lines (an ExportTraceServiceRequest each), for Jaeger, Tempo and their like:
 * a trace for each entry from which others came, mostly a step. Spans are named as by OSProfiler, the tracer of
 * OpenStack (wsgi, rpc, db: osprofiler 0.3.0, osprofiler/profiler.py and web.py), followed by what they are about.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { Calendar } from "../../kernel/index.js";
import type { Header } from "../../timeline/index.js";
import { Actors } from "../model/actors.js";
import { passing, type Recording, type ViewOptions } from "../view.js";
import { count, safe } from "../words.js";
import { after, type Moment } from "./moments.js";
import { detailOf, line, ofPoint } from "./said.js";
import { asked, SCENARIO, type Point, type Span } from "./span.js";
import { spansOf } from "./spans.js";

/** Spans of one actor in one line. */
const MOST_SPANS = 64;

/** `SpanKind` of opentelemetry/proto/trace/v1/trace.proto. */
const INTERNAL = 1;
const SERVER = 2;
const CLIENT = 3;
const PRODUCER = 4;
const CONSUMER = 5;

const STATUS_CODE_ERROR = 2;

function* pieces({ header, entries }: Recording, options: ViewOptions = {}): Generator<string> {
  const { missing = 0, chapter } = options;
  const actors = new Actors(header);
  const ids = new Ids(header);
  const clock = new Clock(header.epoch);
  const waiting = new Map<string, string[]>();
  const lineOf = (actor: string, spans: readonly string[]): string => {
    const { service, host, project } = actors.of(actor);
    const attributes = attributesOf({
      "service.name": line(actor === SCENARIO ? "novasim" : service),
      "service.instance.id": line(actor),
      ...(host === "" ? {} : { "host.name": line(host) }),
      "novasim.project": line(project),
      "novasim.scenario": line(header.scenario),
    });
    const scope = { name: "novasim", version: safe(header.novasim) };
    return `{"resourceSpans":[{"resource":{"attributes":${JSON.stringify(attributes)}},"scopeSpans":[{"scope":${JSON.stringify(scope)},"spans":[${spans.join(",")}]}]}]}\n`;
  };
  // Also of a run in which nothing happened there is one line.
  yield lineOf(SCENARIO, []);
  for (const piece of spansOf(entries, chapter)) {
    if (piece.kind === "stay") continue;
    const { actor } = piece;
    const spans = waiting.get(actor) ?? [];
    if (spans.length === 0) waiting.set(actor, spans);
    const made = piece.kind === "point" ? pointSpan(piece, ids, clock) : spanOf(piece, ids, clock);
    if (spans.push(JSON.stringify(made)) < MOST_SPANS) continue;
    yield lineOf(actor, spans);
    waiting.delete(actor);
  }
  for (const [actor, spans] of waiting) yield lineOf(actor, spans);
  if (missing > 0) {
    const at = { at: 0, nano: 0 };
    const name = `${count(missing, "later entry", "later entries")} not shown`;
    const times = { startTimeUnixNano: clock.unix(at), endTimeUnixNano: clock.unix(at) };
    yield lineOf(SCENARIO, [JSON.stringify({ ...ids.of(0, 0), name, kind: INTERNAL, ...times })]);
  }
}

/** Identifiers that depend on the run alone: the same recording has the same, whenever it is exported. */
class Ids {
  readonly #run: string;

  constructor({ scenario, seed, epoch, source }: Header) {
    const run = JSON.stringify([scenario, seed, epoch, source ?? null]);
    this.#run = bytesToHex(sha256(utf8ToBytes(run))).slice(0, 16);
  }

  of(root: number, id: number, parent?: number): Readonly<Record<string, string>> {
    return {
      traceId: `${this.#run}${hex(root + 1, 16)}`,
      spanId: this.#span(id),
      ...(parent === undefined ? {} : { parentSpanId: this.#span(parent) }),
    };
  }

  #span(id: number): string {
    return `${this.#run.slice(0, 8)}${hex(id, 8)}`;
  }
}

const hex = (n: number, digits: number): string => n.toString(16).padStart(digits, "0");

class Clock {
  readonly #epoch: bigint;

  constructor(epoch: string) {
    // Virtual time counts from the epoch: that of 1970 is as long before it.
    this.#epoch = BigInt(-new Calendar(epoch).parse("1970-01-01T00:00:00Z"));
  }

  unix({ at, nano }: Moment): string {
    return String((this.#epoch + BigInt(at)) * 1_000n + BigInt(nano));
  }
}

function spanOf(span: Span, ids: Ids, clock: Clock): object {
  const { id, parent, root, said, begin, end, failed, outcome = "", kind, seq } = span;
  const rest = said?.family === "rest";
  const attributes = attributesOf({
    "novasim.seq": seq,
    ...(said === undefined ? {} : rest ? ofRequest(said) : ofMessage(said)),
    ...(outcome === "" || failed ? {} : { "novasim.outcome": outcome }),
    ...(said?.request === undefined ? {} : { "openstack.request_id": said.request }),
  });
  return {
    ...ids.of(root, id, parent),
    name:
      said === undefined
        ? span.name
        : `${rest ? "wsgi" : "rpc"} ${kind === "works" && !rest ? said.what : said.name}`,
    kind: kindOf(kind, said?.verb === "call" || rest),
    startTimeUnixNano: clock.unix(begin),
    endTimeUnixNano: clock.unix(end),
    attributes,
    ...(failed ? { status: { code: STATUS_CODE_ERROR, message: outcome } } : {}),
  };
}

function kindOf(kind: Span["kind"], answered: boolean): number {
  switch (kind) {
    case "asks":
      return CLIENT;
    case "sends":
      return PRODUCER;
    case "works":
      return answered ? SERVER : CONSUMER;
    case "step":
    case "command":
      return INTERNAL;
  }
}

/** Writes to the database are spans of OSProfiler's as well; here they take no time. */
function pointSpan({ entry, at, parent, root }: Point, ids: Ids, clock: Clock): object {
  const attributes = attributesOf({
    "novasim.seq": entry.seq,
    ...(entry.kind === "db"
      ? { "db.operation": line(entry.op), "db.table": line(entry.table) }
      : {}),
    ...(detailOf(entry) === "" ? {} : { "novasim.detail": detailOf(entry) }),
  });
  const failed = entry.kind === "rpc.lost" || entry.kind === "rpc.timeout";
  const word = entry.kind === "db" || entry.kind === "notification" || entry.kind === "log";
  return {
    ...ids.of(root, asked(entry.seq), parent),
    name: word ? `${entry.kind} ${ofPoint(entry)}` : ofPoint(entry),
    kind: INTERNAL,
    startTimeUnixNano: clock.unix(at),
    endTimeUnixNano: clock.unix(after(at)),
    attributes,
    ...(failed ? { status: { code: STATUS_CODE_ERROR, message: ofPoint(entry) } } : {}),
  };
}

/** As OSProfiler's `info`: what its WsgiMiddleware says of a request. */
function ofRequest({ verb, what, args, to }: NonNullable<Span["said"]>) {
  const [path = "", ...query] = what.split("?");
  return {
    "request.method": verb,
    "request.path": path,
    ...(query.length === 0 ? {} : { "request.query": query.join("?") }),
    "request.to": line(to),
    ...(args === "" ? {} : { "request.body": args }),
  };
}

/** What its decorators say of a method. */
function ofMessage({ verb, what, args, to }: NonNullable<Span["said"]>) {
  return {
    "function.name": what,
    ...(args === "" ? {} : { "function.kwargs": args }),
    "rpc.verb": verb,
    "rpc.topic": to,
  };
}

function attributesOf(values: Readonly<Record<string, string | number>>): object[] {
  return Object.entries(values).map(([key, value]) => ({
    key,
    value: typeof value === "number" ? { intValue: String(value) } : { stringValue: value },
  }));
}

export const otlp = passing({
  name: "otlp",
  about: "traces as OTLP/JSON lines, for Jaeger, Tempo and OpenTelemetry collectors",
  extension: "otlp.jsonl",
  pieces,
});
