/** What actors are called in a picture: by their service alone where only one host runs it. */
import type { Entry, Header } from "../timeline/index.js";
import { columns } from "../text/width.js";
import { clip, safe } from "./words.js";

const LONGEST = 36;
const LONGEST_HOST = 24;

export class Names {
  /** Hosts by service. */
  readonly #hosts = new Map<string, Set<string>>();

  constructor(header: Header, entries: Iterable<Entry> = []) {
    for (const { name } of header.actors) this.#meet(name);
    for (const entry of entries) this.add(entry);
  }

  /** Services may join after the header was written. */
  add({ actor }: Entry): void {
    if (actor !== undefined) this.#meet(actor);
  }

  /** `nova-api`, or `nova-compute@compute-1` where several hosts run it. */
  of(actor: string): string {
    const [service = actor] = actor.split("@");
    const several = (this.#hosts.get(service)?.size ?? 0) > 1;
    if (!several) return clip(safe(service), LONGEST);
    // Of two hosts that run the same service, the host is what tells them apart.
    const host = clip(safe(actor.slice(service.length)), LONGEST_HOST);
    return clip(safe(service), LONGEST - columns(host)) + host;
  }

  #meet(actor: string): void {
    const at = actor.indexOf("@");
    if (at === -1) return;
    const service = actor.slice(0, at);
    const hosts = this.#hosts.get(service);
    if (hosts === undefined) this.#hosts.set(service, new Set([actor]));
    else hosts.add(actor);
  }
}
