/**
 * `novasim serve [SCENARIO]`: a simulated cloud behind real ports, for OpenStack's real clients. Its steps are run
 * first; then whoever connects is answered, until Ctrl-C.
 */
import { isIP } from "node:net";
import { accountsOf, advertised } from "../../cloud/published.js";
import { cloudOptions, loadScenario, type Loaded } from "../../scenario/index.js";
import {
  CLOUDS_BEGINS,
  OPENRC_BEGINS,
  cloudsFile,
  environment,
  exportLines,
  openrc,
  type Credentials,
} from "../../serve/session/accounts.js";
import { ByteStore } from "../../serve/http/store.js";
import type { Exchange } from "../../serve/http/listener.js";
import { servedSource, type Changes } from "../../serve/session/options.js";
import { PortError, openPorts, type Ports } from "../../serve/session/ports.js";
import { OUTSIDE, Served } from "../../serve/session/served.js";
import type { Pace } from "../../serve/time/pump.js";
import { isObject, type Json } from "../../python/index.js";
import { siteOf, SITE } from "../../serve/horizon/site.js";
import { newRun, tellFailure } from "../attempt-run.js";
import { CliError, EXIT, type ExitCode } from "../exit.js";
import { writeOut } from "../files/out-file.js";
import { oneScenario } from "../files/named.js";
import { readScenario } from "../files/scenario-files.js";
import type { SimulatorSession } from "../globals.js";
import { pace as drive } from "../pace.js";
import { RecordingFile } from "../recording/recording-file.js";
import { together } from "../recording/together.js";
import { openLive } from "./live.js";

export interface ServeCommandOptions {
  readonly preset?: string;
  readonly portBase?: number;
  readonly host: string;
  readonly publicHost?: string;
  readonly pace: Pace;
  readonly live: boolean;
  readonly dashboard: boolean;
  readonly lenient?: boolean;
  readonly record?: string;
  readonly seed?: number;
  readonly set: readonly string[];
  readonly identity: "2" | "3";
  readonly user?: string;
  readonly openrc?: string;
  readonly clouds?: string;
  readonly maxBody: number;
  readonly requestId?: boolean;
}

/** What is served if nobody says what: a cloud as it is before anybody has come. */
const EMPTY = "scenario: served\nsteps:\n  - note: A cloud that is served.\n";

export async function serve(
  session: SimulatorSession,
  file: string | undefined,
  options: ServeCommandOptions,
): Promise<ExitCode> {
  const { talk, io } = session;
  const sources = new Set<string>();
  const asked = read(session, file, options, sources);
  const users = usersOf(asked, options.user);
  warnOfHost(session, options);
  const store = new ByteStore();
  const ready = later<Exchange>();
  const publicHost = options.publicHost ?? bracketed(reachable(options.host));
  const site = siteOf(cloudOptions(asked.scenario), options.dashboard);
  const services = [...advertised(cloudOptions(asked.scenario)), ...site.outward];
  const ports = await opened(() =>
    openPorts(services, { host: options.host, publicHost, base: options.portBase }, ready.promise),
  );
  const live = await opened(() => openLive(options, publicHost), ports.listeners);
  let recording: RecordingFile | undefined;
  try {
    if (options.record !== undefined) {
      recording = new RecordingFile(io.cwd, options.record, sources);
    }
    const types = services.flatMap((service) => service.types);
    const loaded = served(
      session,
      asked,
      { types, lenient: options.lenient === true, dashboard: site.added, ...ports },
      store,
    );
    const run = newRun(session, loaded, together([recording, live?.feed]), "flow", OUTSIDE);
    if ((await drive(session, run)) === "interrupted") return EXIT.interrupted;
    const { failures } = run.result();
    for (const failure of failures) tellFailure(session, failure, asked.file);
    if (failures.length > 0) return EXIT.failed;
    let told = false;
    const cloud = new Served({
      ...{ world: run.world, store, pace: options.pace, maxBody: options.maxBody },
      requestId: options.requestId === true,
      names: [publicHost],
      worked: () => {
        recording?.flush();
        live?.feed.flush();
        if (recording?.failure === undefined || told) return;
        told = true;
        talk.error(recording.failure);
        talk.say("the cloud goes on, and is not recorded any more");
      },
      failed: (error) => {
        const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
        talk.error(new CliError(`novasim itself failed, and goes on: ${what}`));
      },
    });
    const interrupted = interruption(session);
    cloud.attach(ports.listeners);
    ready.resolve(cloud.exchange);
    // However it ends, what was there when somebody could come can be read.
    recording?.flush();
    const lines = announce(session, users, ports, options);
    const dashboard = ports.published[SITE];
    live?.begin({
      ...{ served: cloud, world: run.world, source: loaded.source, dashboard },
      ...{ known: session.simulator.known, environment: lines },
    });
    if (dashboard !== undefined) talk.say(`dashboard          http://${dashboard}/`);
    if (live !== undefined) talk.say(`live page          ${live.url}`);
    talk.say("ready; Ctrl-C ends it");
    await interrupted;
    talk.say("ending what was begun; Ctrl-C once more ends it at once");
    await cloud.close();
    if (recording?.failure === undefined) recording?.end();
    return recording?.failure === undefined ? EXIT.ok : EXIT.bad;
  } finally {
    recording?.close();
    for (const listener of ports.listeners) listener.refuse();
    await live?.close();
    store.clear();
  }
}

function read(
  session: SimulatorSession,
  file: string | undefined,
  { seed, set, preset }: ServeCommandOptions,
  sources: Set<string>,
): Loaded {
  const { talk, simulator, io } = session;
  const overrides = preset === undefined ? set : [`cloud.preset=${preset}`, ...set];
  const loaded =
    file === undefined
      ? loadScenario({
          ...{ file: "served", text: EMPTY, set: overrides, seed, known: simulator.known },
        })
      : readScenario(session, oneScenario(io.cwd, file), {
          ...{ set: overrides, seed },
          onRead: (path) => {
            sources.add(path);
          },
        });
  for (const problem of loaded.ok ? loaded.warnings : loaded.problems) talk.problem(problem);
  if (!loaded.ok) throw new CliError(`${loaded.file} cannot be served`);
  talk.unread(loaded.unread);
  return loaded;
}

/** The scenario as it is served, which its recording has in its header. */
function served(
  { simulator, talk }: SimulatorSession,
  { file, source }: Loaded,
  changes: Changes,
  store: ByteStore,
): Loaded {
  const plain = source as Json;
  const text = JSON.stringify(servedSource(isObject(plain) ? plain : {}, changes, store));
  const loaded = loadScenario({ file, text, known: simulator.known, limit: text.length + 1 });
  if (loaded.ok) return loaded;
  for (const problem of loaded.problems) talk.problem(problem);
  throw new CliError(`${file} cannot be served`);
}

/** @param others are closed if it fails */
async function opened<T>(open: () => Promise<T>, others: Ports["listeners"] = []): Promise<T> {
  try {
    return await open();
  } catch (error) {
    for (const listener of others) listener.refuse();
    if (error instanceof PortError) throw new CliError(error.message, error.hint);
    throw error;
  }
}

/** A promise, and what keeps it. */
function later<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((keep) => {
    resolve = keep;
  });
  return {
    promise,
    resolve: (value) => {
      resolve(value);
    },
  };
}

/** Resolves at the first Ctrl-C, or when the system wants the process to end. */
async function interruption({ io }: SimulatorSession): Promise<void> {
  await new Promise<void>((resolve) => {
    const forget = io.onInterrupt(() => {
      forget();
      resolve();
    }, "and termination");
  });
}

/** Standard output has lines for a shell, standard error what they are about. @returns the lines */
function announce(
  { io, talk }: SimulatorSession,
  users: readonly Credentials[],
  { listeners, published }: Ports,
  options: ServeCommandOptions,
): string {
  const [user] = users;
  if (user === undefined) return "";
  const identity = published["controller:5000"] ?? "";
  const variables = environment(user, identity, options.identity);
  for (const { address } of listeners) {
    if (address === SITE) continue;
    talk.say(`${address.padEnd(18)} http://${published[address] ?? ""}`);
  }
  if (options.openrc !== undefined) {
    const kind = { name: "not an openrc of novasim", beginning: OPENRC_BEGINS, option: "--openrc" };
    writeOut(io.cwd, options.openrc, [openrc(variables)], kind);
  }
  if (options.clouds !== undefined) {
    const kind = { name: "not a file of novasim", beginning: CLOUDS_BEGINS, option: "--clouds" };
    writeOut(io.cwd, options.clouds, [cloudsFile(users, identity)], kind);
  }
  const lines = exportLines(variables);
  io.stdout.write(lines);
  return lines;
}

/** Who can log in; first the one whose environment is wanted. @throws CliError if there is none of that name */
function usersOf({ scenario }: Loaded, name?: string): readonly Credentials[] {
  const users = accountsOf(cloudOptions(scenario));
  const demo = users.find((one) => one.name === (name ?? "demo"));
  if (demo !== undefined) return [demo, ...users.filter((one) => one !== demo)];
  if (name === undefined && users.length > 0) return users;
  const names = users.map((one) => one.name).join(", ");
  throw new CliError(`there is no user ${name ?? ""}`, `There is: ${names}.`);
}

const LOOPBACK = new Set(["127.0.0.1", "localhost", "::1"]);

function warnOfHost({ talk }: SimulatorSession, { host }: ServeCommandOptions): void {
  if (LOOPBACK.has(host) || host.startsWith("127.")) return;
  talk.say(
    `warning: whoever reaches ${host} can use this cloud, whose passwords everybody knows; it is meant for tests`,
  );
}

/** All addresses of a machine are none that anybody could connect to. */
const reachable = (host: string): string =>
  host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;

const bracketed = (host: string): string => (isIP(host) === 6 ? `[${host}]` : host);
