/**
 * A cloud of one actor that takes scenarios: it boots, shelves and lists servers in virtual time,
 * draws its latencies from the seed and publishes what it does. Small, but no pretence: what the
 * runner and the command line do with it is what they do with any world.
 */
import type { CloudOptions } from "../../src/cloud/options/options.js";
import {
  DEFAULT_EPOCH,
  Kernel,
  milliseconds,
  sleep,
  type Cause,
  type Greenthread,
  type Observation,
  type Observer,
  type Op,
} from "../../src/kernel/index.js";
import {
  KNOWN,
  type CommandResult,
  type FaultSpec,
  type Known,
  type ServerState,
  type World,
  type WorldUser,
} from "../../src/scenario/index.js";
import type { RawAnswer, RawRequest } from "../../src/clients/index.js";
import type { Actor, ClientCommand } from "../../src/timeline/index.js";

type Mutable = { -readonly [K in keyof ServerState]: ServerState[K] };

const API = "nova-api@controller";
const COMPUTE = "nova-compute@compute-1";

export class TinyCloud implements World {
  /** What it takes as a command line is no client's. */
  static readonly known: Known = { ...KNOWN, readCommand: undefined };
  readonly kernel: Kernel;
  readonly actors: readonly Actor[] = [
    { name: API, service: "nova-api", project: "nova", host: "controller" },
    { name: COMPUTE, service: "nova-compute", project: "nova", host: "compute-1" },
  ];
  readonly calls: string[] = [];
  readonly #servers = new Map<string, Mutable>();
  readonly #users: readonly string[];
  #faults = 0;
  #messages = 0;

  /** @param options `start`: when its clock starts */
  constructor(
    options: CloudOptions & { readonly observer: Observer | null; readonly start?: number },
  ) {
    const { seed = 1, epoch = DEFAULT_EPOCH, start = 0, observer } = options;
    this.kernel = new Kernel({ seed, epoch, start, observer: observer ?? undefined });
    this.#users = options.users?.map(({ name }) => name) ?? ["admin", "demo"];
    this.kernel.spawn(this.#heartbeat(), { name: "report_state", actor: COMPUTE, daemon: true });
  }

  user(name: string): WorldUser {
    if (!this.#users.includes(name)) throw new Error(`there is no user "${name}"`);
    return {
      begin: (line, cause) => this.#begin(name, line, cause),
      beginRequest: (request, cause) =>
        this.kernel.spawn(this.#answer(request), { name: request.path, awaited: true, cause }),
    };
  }

  id(kind: string, name: string): string | undefined {
    return kind === "server" ? this.server(name)?.id : undefined;
  }

  start(target: string): void {
    this.#known(target);
    this.calls.push(`start ${target}`);
  }

  stop(target: string): void {
    this.#known(target);
    this.calls.push(`stop ${target}`);
  }

  crash(target: string): void {
    this.#known(target);
    this.calls.push(`crash ${target}`);
  }

  inject(fault: FaultSpec): void {
    this.#faults += ("driver" in fault ? fault.times : undefined) ?? Infinity;
  }

  heal(): void {
    this.#faults = 0;
  }

  server(name: string): ServerState | undefined {
    return this.#servers.get(name) ?? [...this.#servers.values()].find(({ id }) => id === name);
  }

  activity(): string[] {
    return this.kernel.threads().map((thread) => thread.describe());
  }

  #known(target: string): void {
    if (this.actors.some(({ name, host }) => name === target || host === target)) return;
    throw new Error(`there is no service or host "${target}"`);
  }

  #begin(user: string, line: string, cause?: Cause): Greenthread<CommandResult> {
    return this.kernel.spawn(this.#command(user, line), {
      name: line,
      actor: "nova-client",
      awaited: true,
      cause,
    });
  }

  *#command(user: string, line: string): Op<CommandResult> {
    const result = yield* this.#execute(line.split(/\s+/));
    const entry: ClientCommand = {
      kind: "client",
      actor: "nova-client",
      user,
      command: line,
      ...result,
    };
    this.kernel.observe(entry);
    return result;
  }

  *#answer({ method, path, body = null }: RawRequest): Op<RawAnswer> {
    yield* this.#latency();
    if (path === "/nobody") return { kind: "error", message: "Connection refused" };
    const found = method === "GET" && path === "/servers";
    const answer = found ? { servers: [...this.#servers.keys()] } : body;
    const headers = { location: path };
    return { kind: "response", response: { status: found ? 200 : 404, headers, body: answer } };
  }

  *#execute([tool, command, name = ""]: readonly string[]): Op<CommandResult> {
    yield* this.#latency();
    if (tool === "never") yield* sleep(milliseconds(1e12));
    if (tool === "bug") throw new TypeError("x is not a function");
    if (tool !== "nova")
      return { stdout: "", stderr: `${String(tool)}: command not found\n`, exit: 127 };
    if (command === "boot") return yield* this.#boot(name);
    if (command === "shelve") return yield* this.#shelve(name);
    if (command === "list")
      return { stdout: `${[...this.#servers.keys()].join("\n")}\n`, stderr: "", exit: 0 };
    return {
      stdout: "",
      stderr: `error: argument <subcommand>: invalid choice: '${String(command)}'\n`,
      exit: 2,
    };
  }

  *#boot(name: string): Op<CommandResult> {
    const id = this.kernel.stream(API, "uuid").uuid();
    yield* this.#rest("POST", "/v2/t/servers", 202);
    const server: Mutable = {
      ...{ id, name, status: "BUILD", vm_state: "building", task_state: "scheduling" },
      ...{ power_state: 0, host: null },
    };
    this.#servers.set(name, server);
    this.kernel.spawn(this.#build(server), { name: "build_and_run_instance", actor: COMPUTE });
    return { stdout: `${id}\n`, stderr: "", exit: 0 };
  }

  *#build(server: Mutable): Op<void> {
    this.#say({
      kind: "notification",
      publisher_id: "compute.compute-1",
      event_type: "compute.instance.create.start",
      priority: "INFO",
      payload: {},
      topic: "notifications",
    });
    server.task_state = "spawning";
    yield* sleep(milliseconds(this.kernel.stream(COMPUTE, "spawn").int(2_000, 4_000)));
    server.task_state = null;
    if (this.#faults > 0) {
      this.#faults--;
      Object.assign(server, {
        status: "ERROR",
        vm_state: "error",
        fault: "No valid host was found.",
      });
      return;
    }
    Object.assign(server, {
      status: "ACTIVE",
      vm_state: "active",
      power_state: 1,
      host: "compute-1",
    });
    this.#say({
      kind: "notification",
      publisher_id: "compute.compute-1",
      event_type: "compute.instance.create.end",
      priority: "INFO",
      payload: {},
      topic: "notifications",
    });
  }

  *#shelve(name: string): Op<CommandResult> {
    const server = this.#servers.get(name);
    if (server?.task_state !== null) {
      return { stdout: "", stderr: `ERROR (Conflict): ${name} (HTTP 409)\n`, exit: 1 };
    }
    server.task_state = "shelving";
    yield* this.#rest("POST", `/v2/t/servers/${server.id}/action`, 202);
    Object.assign(server, { status: "SHELVED", vm_state: "shelved", task_state: null });
    return { stdout: "", stderr: "", exit: 0 };
  }

  *#rest(method: string, path: string, status: number): Op<void> {
    const id = ++this.#messages;
    this.#say({
      kind: "rest.request",
      id,
      from: "nova-client",
      to: API,
      method,
      path,
      headers: {},
      body: null,
    });
    yield* this.#latency();
    this.#say({ kind: "rest.response", id, status, headers: {}, body: null });
  }

  *#latency(): Op<void> {
    yield* sleep(milliseconds(this.kernel.stream(API, "latency").int(2, 5)));
  }

  *#heartbeat(): Op<void> {
    for (;;) yield* sleep(milliseconds(10_000));
  }

  #say(what: Observation & Record<string, unknown>): void {
    this.kernel.observe(what);
  }
}
