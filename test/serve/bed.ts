/** A cloud behind real ports in this process, and what asks it by hand. */
import { once } from "node:events";
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { connect, type Socket } from "node:net";
import { Cloud } from "../../src/cloud/cloud.js";
import { flagCatalogue } from "../../src/cloud/flags/catalogue.js";
import { advertised } from "../../src/cloud/published.js";
import {
  KNOWN,
  ScenarioRun,
  cloudOptions,
  loadScenario,
  type Loaded,
} from "../../src/scenario/index.js";
import { isObject, type Json } from "../../src/python/index.js";
import { assetsOf } from "../../src/cli/serving/live.js";
import { together } from "../../src/cli/recording/together.js";
import { siteOf } from "../../src/serve/horizon/site.js";
import { Faults } from "../../src/serve/live/faults.js";
import { Feed } from "../../src/serve/live/feed.js";
import { Front } from "../../src/serve/live/front.js";
import type { Exchange } from "../../src/serve/http/listener.js";
import { ByteStore } from "../../src/serve/http/store.js";
import { servedSource } from "../../src/serve/session/options.js";
import { openPorts } from "../../src/serve/session/ports.js";
import { OUTSIDE, Served } from "../../src/serve/session/served.js";
import type { Pace } from "../../src/serve/time/pump.js";

const known = { ...KNOWN, catalogue: flagCatalogue() };

export interface Setting {
  /** The scenario, in YAML. */
  readonly text?: string;
  readonly pace?: Pace;
  readonly lenient?: boolean;
  readonly maxBody?: number;
  readonly requestId?: boolean;
  /** Added to each service's own port; free ones by default. */
  readonly base?: number;
  /** With the live page, and with Horizon's pages. */
  readonly watched?: boolean;
}

export interface Bed {
  readonly cloud: Cloud;
  readonly served: Served;
  /** The recording so far. */
  readonly lines: readonly string[];
  /** Resolves when a line with these words is recorded. */
  recorded(words: string): Promise<void>;
  /** Where outside something is: `portOf(8774)`. */
  portOf(own: number): number;
  /** The live page's own. */
  readonly livePort: number;
  readonly feed: Feed;
  /** What was broken in novasim itself. */
  readonly broken: unknown[];
  /** Ends what was begun, as Ctrl-C does. Whoever serves has to. */
  close(): Promise<void>;
}

function load(text: string): Loaded {
  const loaded = loadScenario({ file: "test", text, known });
  if (loaded.ok) return loaded;
  throw new Error(loaded.problems.map(({ message }) => message).join("\n"));
}

const EMPTY = "scenario: served\nsteps:\n  - note: Nothing yet.\n";

export async function serve({
  text = EMPTY,
  pace = "settle",
  lenient = false,
  maxBody = 2 ** 26,
  requestId = false,
  base = 0,
  watched = false,
}: Setting = {}): Promise<Bed> {
  const asked = load(text);
  const site = siteOf(cloudOptions(asked.scenario), watched);
  const services = [...advertised(cloudOptions(asked.scenario)), ...site.outward];
  const store = new ByteStore();
  let ready: (exchange: Exchange) => void = () => undefined;
  const exchange = new Promise<Exchange>((resolve) => {
    ready = resolve;
  });
  const host = "127.0.0.1";
  const ports = await openPorts(services, { host, publicHost: host, base }, exchange);
  const source = asked.source as Json;
  const types = services.flatMap((service) => service.types);
  const { published } = ports;
  const loaded = load(
    JSON.stringify(
      servedSource(
        isObject(source) ? source : {},
        { published, types, lenient, dashboard: site.added },
        store,
      ),
    ),
  );
  const lines: string[] = [];
  const feed = new Feed();
  const awaited: { words: string; come: () => void }[] = [];
  let cloud: Cloud | undefined;
  const run = new ScenarioRun({
    loaded,
    makeWorld: (options) => (cloud = new Cloud(options)),
    version: "test",
    sink: together([
      {
        write: (line) => {
          lines.push(line);
          for (const one of awaited) if (line.includes(one.words)) one.come();
        },
      },
      watched ? feed : undefined,
    ]),
    served: OUTSIDE,
  });
  while (run.slice());
  const broken: unknown[] = [];
  const served = new Served({
    ...{ world: run.world, store, pace, maxBody, requestId, names: [] },
    worked: () => {
      feed.flush();
    },
    failed: (error) => {
      broken.push(error);
    },
  });
  served.attach(ports.listeners);
  ready(served.exchange);
  const { world } = run;
  const front = new Front(
    Promise.resolve({
      ...{ feed, session: "test", assets: assetsOf(), hosts: served.exchange.hosts },
      faults: new Faults({ served, world, source: loaded.source, known }),
      about: () => ({ environment: "export OS_USERNAME=demo\n", dashboard: null }),
    }),
  );
  const livePort = watched ? await front.listen(host, 0) : 0;
  let closed: Promise<void> | undefined;
  const close = () => {
    front.close();
    return (closed ??= served.close());
  };
  return {
    cloud: cloud as unknown as Cloud,
    served,
    lines,
    broken,
    feed,
    livePort,
    close,
    recorded: async (words) => {
      await new Promise<void>((come) => {
        awaited.push({ words, come });
      });
    },
    portOf(own) {
      const port = published[`controller:${String(own)}`]?.split(":")[1];
      if (port === undefined) throw new Error(`nobody is at ${String(own)}`);
      return Number(port);
    },
  };
}

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
  /** The body, read as JSON. */
  json(): Json;
}

export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer | object;
}

/** One request, on a connection of its own. @throws Error of the system if it is refused or broken */
export async function ask(
  port: number,
  path: string,
  { method = "GET", headers = {}, body }: Sent = {},
): Promise<Reply> {
  const bytes =
    body === undefined || typeof body === "string" || Buffer.isBuffer(body)
      ? body
      : JSON.stringify(body);
  const plain = bytes === body || body === undefined;
  const sent = httpRequest({
    ...{ host: "127.0.0.1", port, path, method, agent: false },
    headers: { ...(!plain && { "content-type": "application/json" }), ...headers },
  });
  sent.end(bytes);
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const all = Buffer.concat(chunks);
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    bytes: all,
    text: all.toString(),
    json: () => JSON.parse(all.toString()) as Json,
  };
}

/** What comes back for bytes that are no request of a good client, until the connection is closed. */
export async function raw(port: number, text: string, end = false): Promise<string> {
  const socket = await opened(port);
  let back = "";
  socket.on("data", (data: Buffer) => (back += data.toString("latin1")));
  // Who is refused while he still writes sees his connection break; what came before is what counts.
  socket.on("error", () => undefined);
  const closed = new Promise<void>((resolve) => {
    socket.once("close", () => {
      resolve();
    });
  });
  socket.write(text);
  if (end) socket.end();
  await closed;
  return back;
}

export async function opened(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  return socket;
}

export interface Login {
  readonly token: string;
  readonly project: string;
}

/** A token of Keystone's v2.0. */
export async function login(bed: Bed, name = "demo"): Promise<Login> {
  const passwordCredentials = { username: name, password: "secret" };
  const body = { auth: { tenantName: name, passwordCredentials } };
  const reply = await ask(bed.portOf(5000), "/v2.0/tokens", { method: "POST", body });
  const { access } = reply.json() as { access: { token: { id: string; tenant: { id: string } } } };
  return { token: access.token.id, project: access.token.tenant.id };
}
