/**
 * The guest of a server, when a scenario has it ask something, as cloud-init does when it boots. By itself it asks
 * nothing. What it sends goes where its network leads (`Project.guestRoute`), or nowhere. Upstream: a shell in the
 * guest, with curl.
 */
import { exchange, type RawAnswer, type RawRequest } from "../../clients/index.js";
import type { GuestRoute } from "../../framework/project.js";
import { ConnectionError, exceeded, HttpClient, type Network } from "../../http/index.js";
import {
  seconds,
  sleep,
  type Cause,
  type Duration,
  type Greenthread,
  type Op,
} from "../../kernel/index.js";
import type { ClientCommand } from "../../timeline/index.js";

export interface GuestOptions {
  /** What the guest calls itself. */
  readonly hostname: string;
  readonly network: Network;
  readonly route: () => GuestRoute;
  /** Do `act`, and note how it is done again with the same guest of another cloud. */
  readonly note: <T>(again: (guest: Guest) => unknown, act: () => T) => T;
}

interface Nowhere {
  readonly after: Duration;
  readonly words: string;
}

/** In the words of the system, and after what time: ARP is tried for three seconds, TCP for 127. */
const NOWHERE = {
  network: { after: seconds(0), words: "[Errno 101] Network is unreachable" },
  host: { after: seconds(3), words: "[Errno 113] No route to host" },
  lost: { after: seconds(127), words: "[Errno 110] Connection timed out" },
} as const satisfies Readonly<Record<string, Nowhere>>;

export class Guest {
  readonly #options: GuestOptions;

  constructor(options: GuestOptions) {
    this.#options = options;
  }

  /** Make a request, whatever comes of it, and let no time go by. */
  beginRequest(request: RawRequest, cause?: Cause): Greenthread<RawAnswer> {
    const { hostname, network, route, note } = this.#options;
    const way = route();
    const actor = way.kind === "at" ? `${hostname}@${way.from}` : hostname;
    return note(
      (guest) => guest.beginRequest(request, cause),
      () =>
        network.kernel.spawn(this.#exchange(request, way, actor), {
          name: `${request.method} ${request.path}`,
          actor,
          awaited: true,
          cause,
        }),
    );
  }

  *#exchange(request: RawRequest, way: GuestRoute, actor: string): Op<RawAnswer> {
    const { hostname, network } = this.#options;
    const { kernel } = network;
    const http =
      way.kind === "at"
        ? new HttpClient(network, actor, () => way.address)
        : nowhere(way.kind === "lost" ? NOWHERE.lost : NOWHERE[way.reason]);
    const done = yield* exchange({ kernel, http }, undefined, request, () => []);
    kernel.observe<ClientCommand>({
      kind: "client",
      actor,
      user: hostname,
      command: done.command,
      ...done.result,
    });
    return done.answer;
  }
}

const nowhere = ({ after, words }: Nowhere) => ({
  *request(_method: string, url: string): Op<never> {
    yield* sleep(after);
    const [, address = "", path = "/"] = /^http:\/\/([^/]*)(.*)$/u.exec(url) ?? [];
    const to = { address: address.includes(":") ? address : `${address}:80`, path };
    throw new ConnectionError(exceeded(to, `<class 'socket.error'>: ${words}`));
  },
});
