/** URLs of actions, taken apart. Upstream: setup.cfg (ceilometer.alarm.notifier) at 2014.2, netutils.urlsplit of oslo.utils 1.0. */
import { repr } from "../../python/index.js";

export const ACTION_SCHEMES = [
  "log",
  "test",
  "http",
  "https",
  "trust+http",
  "trust+https",
] as const;

export interface ActionUrl {
  readonly scheme: string;
  readonly netloc: string;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

/** `urlsplit(url)`; undefined where that raises ValueError. */
export function urlsplit(url: string): ActionUrl | undefined {
  const [, named = "", after = ""] = /^([A-Za-z][A-Za-z0-9+.-]*):(.*)$/s.exec(url) ?? [];
  // `localhost:8000` is a host with its port.
  const isScheme = named !== "" && !(after !== "" && /^\d+$/.test(after));
  const rest = isScheme ? after : url;
  const [, netloc = "", tail = ""] = /^\/\/([^/?#]*)(.*)$/s.exec(rest) ?? [undefined, "", rest];
  if (netloc.includes("[") !== netloc.includes("]")) return undefined;
  const [, path = "", query = "", fragment = ""] =
    /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(tail) ?? [];
  return { scheme: isScheme ? named.toLowerCase() : "", netloc, path, query, fragment };
}

/** `repr(split)`, which is what a log shows. */
export const splitRepr = ({ scheme, netloc, path, query, fragment }: ActionUrl): string =>
  `SplitResult(scheme=${repr(scheme)}, netloc=${repr(netloc)}, path=${repr(path)}, ` +
  `query=${repr(query)}, fragment=${repr(fragment)})`;

/** `split.geturl()`. */
export function geturl({ scheme, netloc, path, query, fragment }: ActionUrl): string {
  const root = path !== "" && !path.startsWith("/") && netloc !== "" ? `/${path}` : path;
  const search = query === "" ? "" : `?${query}`;
  return `${scheme}://${netloc}${root}${search}${fragment === "" ? "" : `#${fragment}`}`;
}
