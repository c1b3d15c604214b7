/**
 * Whom a server on this machine may answer: requests that name it by an address or by a name that is its own.
 * A page of somebody else's site whose name was made to lead here (DNS rebinding) names its own site, and a
 * browser says which page a request comes from.
 */
import { isIP } from "node:net";

export class Hosts {
  readonly #names: ReadonlySet<string>;

  /** @param own names beside `localhost` */
  constructor(own: readonly string[] = []) {
    this.#names = new Set(["localhost", ...own.map((name) => name.toLowerCase())]);
  }

  /** Why a request with these headers is not answered; undefined if it is. */
  refusal(host: string | undefined, origin: string | undefined): string | undefined {
    if (host === undefined) return "The request names no Host.";
    if (!this.#knows(host)) return `${printable(host)} is not a name of this server.`;
    if (origin === undefined) return undefined;
    // What a page of this very server asks is its own.
    const own = origin.toLowerCase() === `http://${host.toLowerCase()}`;
    return own ? undefined : "Pages of other sites may not ask this server.";
  }

  #knows(host: string): boolean {
    const match = /^(\[[0-9A-Fa-f:.]+\]|[^:[\]/@\s]+)(?::\d{1,5})?$/u.exec(host);
    const name = match?.[1]?.toLowerCase();
    if (name === undefined) return false;
    return isIP(name.replace(/^\[|\]$/gu, "")) !== 0 || this.#names.has(name);
  }
}

const printable = (text: string): string => text.slice(0, 80).replace(/[^\x20-\x7e]/gu, "?");
