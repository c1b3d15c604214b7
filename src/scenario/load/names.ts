/**
 * The names that steps and expectations use, against those that there are. Whatever a step may bring
 * into being while the scenario runs counts as known from there on.
 */
import {
  allNodes,
  controllerNames,
  guestBinaries,
  hasSite,
  placements,
} from "../../cloud/processes/processes.js";
import { didYouMean } from "../../text/nearest.js";
import type { Known } from "../known.js";
import type { Scenario } from "../schema/scenario.js";
import { expectationNames } from "../steps/check.js";
import { steps as vocabulary } from "../steps/index.js";
import type { NameUse } from "../verbs/verb.js";
import { everyStep } from "./every-step.js";
import type { Path } from "./path.js";
import type { Problem, Spot } from "./problem.js";

export function checkNames(scenario: Scenario, known: Known): Problem<Spot>[] {
  const names = new Names(scenario, known);
  const inSteps = everyStep(scenario.steps).flatMap(({ step, path }) =>
    vocabulary.names(step, known).flatMap((use) => names.judge(use, path)),
  );
  const expected = expectationNames(scenario.expect ?? {}, ["expect"]);
  return [...inSteps, ...expected.flatMap((use) => names.judge(use, []))];
}

class Names {
  readonly #known: Readonly<Record<NameUse["what"], Set<string>>>;
  /** Of servers that a multi-create numbers. */
  readonly #numbered = new Set<string>();
  /** How many compute hosts there are of which only the number is given. */
  readonly #hosts: number;
  /** What may run in a guest: its host is a server's name. */
  readonly #inGuests: ReadonlySet<string>;

  readonly #modules: boolean;

  constructor({ cloud = {}, services: own = [] }: Scenario, known: Known) {
    this.#modules = own.length > 0;
    const { computes = 1, services = [], flavors = [] } = cloud;
    const listed = typeof computes === "object" ? computes.map(({ name }) => name) : [];
    const processes = placements(cloud);
    const users = named(cloud.users, known.users);
    const placed = services.flatMap((one) => (typeof one === "object" ? (one.host ?? []) : []));
    const ownHosts = own.flatMap(({ host }) => host ?? []);
    const others = [...placed, ...ownHosts, ...allNodes(cloud).map(({ name }) => name)];
    this.#hosts = typeof computes === "number" ? computes : 0;
    this.#inGuests = new Set(guestBinaries(cloud));
    this.#known = {
      server: new Set(),
      image: named(cloud.images, known.images),
      flavor: new Set([...known.flavors, ...flavors.flatMap(({ name, id }) => [name, id ?? name])]),
      network: named(cloud.networks, known.networks),
      user: users,
      host: new Set([...controllerNames(cloud), ...listed, ...others]),
      "compute host": new Set(listed),
      "volume host": new Set(
        processes.flatMap(({ binary, host }) => (binary === "cinder-volume" ? [host] : [])),
      ),
      process: new Set(processes.map(({ binary, host }) => `${binary}@${host}`)),
      place: new Set([...controllerNames(cloud), ...listed, ...others, ...users]),
      actor: new Set([
        ...["nova-client", ...(hasSite(cloud) ? ["browser"] : [])].flatMap((binary) => [
          binary,
          ...[...users].map((user) => `${binary}@${user}`),
        ]),
        ...processes.flatMap(({ binary, host }) => [binary, `${binary}@${host}`]),
      ]),
      status: new Set(known.statuses),
      vm_state: new Set(known.vmStates),
      task_state: new Set(known.taskStates),
      "kept value": new Set(),
    };
  }

  /** What is wrong with the use of a name in what stands at `path`. */
  judge(use: NameUse, path: Path): Problem<Spot>[] {
    const { what, name, at, makes, words = [], besides } = use;
    if (makes !== undefined) {
      this.#known[what].add(name);
      if (makes === "many") this.#numbered.add(name);
      return [];
    }
    // What a shell or a `repeat:` fills in nobody knows before.
    if (/[{$]/u.test(name) || words.includes(name) || this.#exists(use)) return [];
    return [
      {
        // Servers may come from a program of one's own, or from a command that is no client's.
        severity: what === "server" || this.#ownProcess(what) ? "warning" : "error",
        message: `there is no ${WORDS[what] ?? what} "${name}"${besides === undefined ? "" : `, and ${besides}`}`,
        hint: didYouMean(name, [...words, ...this.#near(what)]) ?? HINTS[what],
        place: { path: [...path, ...at], word: name },
      },
    ];
  }

  /** What a module of one's own is called is seen when it is imported. */
  #ownProcess(what: NameUse["what"]): boolean {
    return this.#modules && (what === "process" || what === "actor");
  }

  #exists({ what, name }: NameUse): boolean {
    if (this.#known[what].has(name)) return true;
    if (what === "server") return this.#numbered.has(name.replace(/-\d+$/u, ""));
    if (what === "process" || what === "actor") {
      const [binary = "", guest] = name.split("@");
      if (this.#inGuests.has(binary) && (what === "actor" || guest !== undefined)) return true;
      // One of its workers: nova-api:2@controller.
      return this.#known[what].has(name.replace(/:\d+(?=@|$)/u, ""));
    }
    return HOSTS.has(what) && numberOf(name) <= this.#hosts;
  }

  /** The names among which one is looked for that is close; of numbered hosts the first and the last. */
  #near(what: NameUse["what"]): string[] {
    if (what === "process" || what === "actor") return [...this.#known[what]].slice(0, MOST_NEAR);
    const numbered = HOSTS.has(what) ? this.#hosts : 0;
    const ends = numbered > 0 ? ["compute-1", `compute-${String(numbered)}`] : [];
    return [...new Set([...this.#known[what], ...ends])];
  }
}

/** Kinds of names of which numbered hosts are some. */
const HOSTS: ReadonlySet<NameUse["what"]> = new Set(["host", "compute host", "place"]);

/** What people call a kind of names. */
const WORDS: Partial<Record<NameUse["what"], string>> = { place: "process or host" };

/** Among more processes than these nobody looks for the nearest: those of the first hosts will do. */
const MOST_NEAR = 1_000;

const HINTS: Partial<Record<NameUse["what"], string>> = {
  "volume host":
    "A volume host runs cinder-volume, as the controller does with services: [cinder].",
  "kept value": "A request before it keeps one: keep: { name: port.id }.",
};

const named = (
  entries: readonly { readonly name: string }[] | undefined,
  otherwise: readonly string[],
): Set<string> => new Set(entries?.map(({ name }) => name) ?? otherwise);

/** The number in the name of a host of which only the number is given. */
function numberOf(host: string): number {
  const digits = /^compute-([1-9]\d{0,4})$/u.exec(host)?.[1];
  return digits === undefined ? Infinity : Number(digits);
}
