/**
 * Cookies on the wire, written and read by both sides: `Cookie: a=1; b=2`, and `Set-Cookie`, of which a message here can
 * have one header only, so that several stand in it with a comma between them. Their attributes but for being dropped
 * are not modelled: all are of one site and its root, and last until the browser is closed.
 */
import { quote } from "../../../python/index.js";
import { unquote } from "../../../http/index.js";

/** A cookie that is set; null: one that is dropped. */
export type Cookie = readonly [name: string, value: string | null];

const DROPPED = "; expires=Thu, 01-Jan-1970 00:00:00 GMT; Max-Age=0";

/** What a browser sends. */
export const cookieHeader = (cookies: ReadonlyMap<string, string>): string =>
  [...cookies].map(([name, value]) => `${name}=${quote(value)}`).join("; ");

/** What a browser has sent. */
export const cookiesOf = (header: string | undefined): Map<string, string> =>
  new Map(
    (header ?? "").split("; ").flatMap((pair) => {
      const at = pair.indexOf("=");
      return at < 1 ? [] : [[pair.slice(0, at), unquote(pair.slice(at + 1))] as const];
    }),
  );

/** What a server sends. */
export const setCookies = (cookies: readonly Cookie[]): string =>
  cookies
    .map(([name, value]) =>
      value === null ? `${name}=${DROPPED}; Path=/` : `${name}=${quote(value)}; Path=/`,
    )
    .join(", ");

/** What a browser does with it. */
export function storeCookies(jar: Map<string, string>, header: string | undefined): void {
  for (const cookie of (header ?? "").split(/, (?=\w+=)/u)) {
    const [pair = "", ...attributes] = cookie.split("; ");
    const at = pair.indexOf("=");
    if (at < 1) continue;
    const name = pair.slice(0, at);
    if (attributes.includes("Max-Age=0")) jar.delete(name);
    else jar.set(name, unquote(pair.slice(at + 1)));
  }
}
