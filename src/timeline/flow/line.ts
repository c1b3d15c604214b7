/**
 * The language of flow expectations, one line each: who speaks to whom, and what is said.
 *
 *     nova-client -> nova-api   POST /v2/{tenant}/servers 202
 *     nova-conductor -> nova-scheduler   call select_destinations fails NoValidHost
 *     nova-compute@compute-1   notification compute.instance.create.start
 *     server t3 building/scheduling
 */
import { assertText } from "../checks/given.js";
import { describe } from "../../text/complaints.js";

/** `nova-api`, `nova-compute@compute-1`, or `*` for anybody. */
export type Party = string;

/** One line of a flow, read: a request, a message, a notification or a state. */
export type FlowLine =
  | RestLine
  | RpcLine
  | {
      readonly kind: "notification";
      readonly text: string;
      readonly from: Party;
      readonly event: string;
    }
  | StateLine;

export interface RestLine {
  readonly kind: "rest";
  readonly text: string;
  readonly from: Party;
  readonly to: Party;
  readonly method: string;
  /** `{x}` stands for one segment; without a `?` the query is ignored. */
  readonly path: string;
  readonly status: number | undefined;
}

export interface RpcLine {
  readonly kind: "rpc";
  readonly text: string;
  readonly from: Party;
  readonly to: Party;
  readonly verb: "call" | "cast" | "fanout";
  readonly method: string;
  /** Expected to fail: with this exception, or `*` for any. */
  readonly fails: string | undefined;
}

export interface StateLine {
  readonly kind: "state";
  readonly text: string;
  /** Name or id of the server. */
  readonly server: string;
  readonly vmState: string;
  /** Undefined: any; null: none. */
  readonly taskState: string | null | undefined;
}

/** A flow line that cannot be read. */
export class FlowSyntaxError extends Error {
  override readonly name = "FlowSyntaxError";
  readonly text: string;
  /** Where in `text` the trouble begins, counted from 1. */
  readonly column: number;

  constructor(text: string, column: number, wrong: string) {
    super(`flow line ${describe(text, 200)}, column ${String(column)}: ${wrong}`);
    this.text = text;
    this.column = column;
  }
}

const FORMS =
  'write "FROM -> TO  POST /path [STATUS]", "FROM -> TO  call|cast|fanout METHOD", ' +
  '"notification EVENT" or "server NAME VM_STATE[/TASK_STATE]"';
const VERBS: ReadonlySet<string> = new Set(["call", "cast", "fanout"]);
const HTTP_METHODS: ReadonlySet<string> = new Set([
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "COPY",
]);

/** The form of every line that can be read, for those who cannot ask `parseFlowLine`. */
export const FLOW_LINE = flowPattern();

function flowPattern(): RegExp {
  const rpc = String.raw`\w+(?:\s+fails(?:\s+\S+)?)?`;
  const rest = String.raw`(?:${[...HTTP_METHODS].join("|")})\s+/\S*(?:\s+[1-5]\d\d)?`;
  const speaker = String.raw`(?!(?:server|notification|fanout)\s)\S+`;
  const forms = [
    String.raw`server\s+\S+\s+[^\s/]+(?:/[^\s/]+)?`,
    String.raw`(?:(?!(?:server|notification)\s)\S+\s+)?notification\s+\S+`,
    String.raw`fanout\s+(?!notification(?:\s|$))${rpc}`,
    String.raw`${speaker}\s+->\s+\S+\s+(?:(?:${[...VERBS].join("|")})\s+${rpc}|${rest})`,
  ];
  return new RegExp(String.raw`^\s*(?:${forms.join("|")})\s*$`, "u");
}

interface Word {
  readonly text: string;
  readonly column: number;
}

/**
 * Read one line of a flow.
 * @throws FlowSyntaxError saying which word is wrong and what could stand there
 *
 * @example
 * ```ts
 * import { parseFlowLine } from "novasim";
 *
 * console.log(parseFlowLine("nova-api -> nova-conductor cast build_instances").kind); // rpc
 * ```
 */
export function parseFlowLine(line: string): FlowLine {
  assertText(
    line,
    "parseFlowLine",
    'a line such as "nova-api -> nova-conductor cast build_instances"',
  );
  const text = line.trim().replaceAll(/\s+/g, " ");
  const words = [...text.matchAll(/\S+/g)].map((match): Word => ({
    text: match[0],
    column: match.index + 1,
  }));
  const [first, second, third] = words;
  const fail = (word: Word | undefined, wrong: string): never => {
    throw new FlowSyntaxError(text, word?.column ?? text.length + 1, wrong);
  };
  if (first === undefined) return fail(first, `it is empty; ${FORMS}`);
  if (first.text === "server") return state(text, words, fail);
  if (first.text === "notification") return notification(text, "*", words.slice(1), fail);
  if (second?.text === "notification") return notification(text, first.text, words.slice(2), fail);
  if (first.text === "fanout") return rpc(text, "*", "*", words, fail);
  if (second?.text !== "->") return fail(second ?? first, `expected "->"; ${FORMS}`);
  if (third === undefined) return fail(third, `who is spoken to? ${FORMS}`);
  const [verb] = words.slice(3);
  if (verb === undefined) return fail(verb, `what is said? ${FORMS}`);
  if (VERBS.has(verb.text)) return rpc(text, first.text, third.text, words.slice(3), fail);
  return rest(text, first.text, third.text, words.slice(3), fail);
}

type Fail = (word: Word | undefined, wrong: string) => never;

function rest(text: string, from: Party, to: Party, words: readonly Word[], fail: Fail): RestLine {
  const [method, path, status, extra] = words;
  if (method === undefined || !HTTP_METHODS.has(method.text)) {
    return fail(
      method,
      `"${method?.text ?? ""}" is neither call, cast, fanout nor an HTTP method in capitals`,
    );
  }
  if (path === undefined) return fail(path, `${method.text} of which path? It begins with "/"`);
  if (!path.text.startsWith("/")) return fail(path, `a path begins with "/"`);
  if (status !== undefined && !/^[1-5]\d\d$/.test(status.text)) {
    return fail(status, `"${status.text}" is no HTTP status; it is three digits such as 202`);
  }
  if (extra !== undefined) return fail(extra, "nothing may follow the status");
  const expected = status === undefined ? undefined : Number(status.text);
  return { kind: "rest", text, from, to, method: method.text, path: path.text, status: expected };
}

function rpc(text: string, from: Party, to: Party, words: readonly Word[], fail: Fail): RpcLine {
  const [verb, method, fails, failure, extra] = words;
  if (method === undefined) return fail(method, `${verb?.text ?? "call"} of which method?`);
  if (!/^\w+$/.test(method.text)) return fail(method, `"${method.text}" is no method name`);
  if (fails !== undefined && fails.text !== "fails") {
    return fail(fails, `only "fails" or "fails EXCEPTION" may follow the method`);
  }
  if (extra !== undefined) return fail(extra, "nothing may follow the exception");
  return {
    kind: "rpc",
    text,
    from,
    to,
    verb: verb?.text as RpcLine["verb"],
    method: method.text,
    fails: fails === undefined ? undefined : (failure?.text ?? "*"),
  };
}

function notification(text: string, from: Party, words: readonly Word[], fail: Fail): FlowLine {
  const [event, extra] = words;
  if (event === undefined)
    return fail(event, "which event type? For example compute.instance.create.end");
  if (extra !== undefined) return fail(extra, "nothing may follow the event type");
  return { kind: "notification", text, from, event: event.text };
}

function state(text: string, words: readonly Word[], fail: Fail): StateLine {
  const [, server, states, extra] = words;
  if (server === undefined) return fail(server, "which server? Give its name or id");
  if (states === undefined)
    return fail(states, "which state? For example building/scheduling or active");
  if (extra !== undefined) return fail(extra, "nothing may follow the state");
  const [vmState = "", task, more] = states.text.split("/");
  if (vmState === "" || task === "" || more !== undefined) {
    return fail(states, `"${states.text}" is not VM_STATE or VM_STATE/TASK_STATE`);
  }
  const taskState = task === "none" || task === "-" ? null : task;
  return { kind: "state", text, server: server.text, vmState, taskState };
}
