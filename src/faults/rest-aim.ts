/**
 * Which requests of REST a fault is aimed at, and the words for it. The words are those of messages
 * (`aim.ts`), and a path.
 */
import { reason } from "../http/index.js";
import { isOn } from "./aim.js";
import { nthText, timesText, type Frequency } from "./tally.js";
import { windowText } from "./window.js";

/** Whether the server does its work before what goes wrong goes wrong. */
export type WorkOrder = "before" | "after";
export const WORK_ORDERS: readonly WorkOrder[] = ["before", "after"];

/** Those that fit everything that is given. */
export interface RestAim extends Frequency {
  /** `GET`, `POST`. */
  readonly method?: string | undefined;
  /** Without the query; `*` stands for anything: `/v1/images/*`. */
  readonly path?: string | undefined;
  /** Who asks: a process or a host. */
  readonly from?: string | undefined;
  /** Who is asked: a process or a host. */
  readonly host?: string | undefined;
  /** Before the server did its work, which it then does not do, or after it. Default: before. */
  readonly when?: WorkOrder | undefined;
}

/** `number 2 of POST /v2.0/ports from nova-compute@compute-1 to controller, after the work`. */
export function requestsText(aim: RestAim): string {
  const { method, path, from, host, when } = aim;
  return [
    nthText(aim),
    [method ?? (path === undefined ? "any request" : "any"), path].filter(Boolean).join(" "),
    from === undefined ? "" : ` from ${from}`,
    host === undefined ? "" : ` to ${host}`,
    when === "after" ? ", after the work" : "",
    timesText(aim),
    windowText(aim),
  ].join("");
}

/** `503 Service Unavailable`. */
export const statusText = (status: number): string =>
  reason(status) === String(status) ? String(status) : `${String(status)} ${reason(status)}`;

/** A request, by what faults are aimed. */
export interface RestSubject {
  readonly method: string;
  readonly path: string;
  readonly from: string;
  readonly to: string;
}

export function fits(aim: RestAim, { method, path, from, to }: RestSubject): boolean {
  return (
    (aim.method === undefined || aim.method.toUpperCase() === method) &&
    (aim.path === undefined || matches(aim.path, path)) &&
    (aim.from === undefined || isOn(from, aim.from)) &&
    (aim.host === undefined || isOn(to, aim.host))
  );
}

/** Whether `path` is as `pattern` has it; the format that a client has put at its end may be left away. */
const matches = (pattern: string, path: string): boolean =>
  isLike(pattern, path) || isLike(pattern, path.replace(/\.json$/, ""));

/** The pieces between stars are looked for from left to right. */
function isLike(pattern: string, path: string): boolean {
  const [first = "", ...others] = pattern.split("*");
  const last = others.pop();
  if (last === undefined) return path === first;
  if (!path.startsWith(first)) return false;
  let at = first.length;
  for (const piece of others) {
    const found = path.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return path.length - last.length >= at && path.endsWith(last);
}
