/**
 * The names that steps use: users, servers, and the images, flavors and networks of `nova boot`.
 * Whatever a step may create while the scenario runs counts as known.
 */
import type { Known } from "../known.js";
import type { Scenario } from "../schema/scenario.js";
import type { RunStep, Step } from "../schema/steps.js";
import type { Path } from "./path.js";
import { didYouMean, type Finding } from "./finding.js";
import { readCommand, shellWords, type KnownCommand } from "./words.js";

/** More steps than this, repetitions counted, are a mistake. */
const MAX_STEPS = 10_000_000;
const MAX_NESTING = 5;

interface Names {
  readonly images: Set<string>;
  readonly networks: Set<string>;
  readonly flavors: Set<string>;
  readonly users: Set<string>;
  readonly hosts: Set<string>;
  /** Servers that some step boots; prefixes of those that a multi-create numbers. */
  readonly servers: Set<string>;
  readonly prefixes: Set<string>;
}

export function checkSteps(scenario: Scenario, known: Known): Finding[] {
  const names = startingNames(scenario, known);
  const count = countSteps(scenario.steps, 0);
  if (count > MAX_STEPS) {
    const message = `the steps come to ${count === Infinity ? "no end" : String(count)}, repetitions counted`;
    return [
      {
        path: ["steps"],
        message,
        hint: `At most ${String(MAX_STEPS)}, nested ${String(MAX_NESTING)} deep.`,
      },
    ];
  }
  return checkList(scenario.steps, ["steps"], names);
}

function countSteps(steps: readonly Step[], depth: number): number {
  if (depth > MAX_NESTING) return Infinity;
  let count = 0;
  for (const step of steps) {
    count += "repeat" in step ? step.repeat.times * countSteps(step.repeat.steps, depth + 1) : 1;
  }
  return count;
}

function startingNames({ cloud = {} }: Scenario, known: Known): Names {
  const named = (
    entries: readonly { readonly name: string }[] | undefined,
    otherwise: readonly string[],
  ) => new Set(entries?.map((entry) => entry.name) ?? otherwise);
  const flavors = (cloud.flavors ?? []).flatMap((flavor) => [
    flavor.name,
    flavor.id ?? flavor.name,
  ]);
  const { computes } = cloud;
  return {
    images: named(cloud.images, known.images),
    networks: named(cloud.networks, known.networks),
    flavors: new Set([...known.flavors, ...flavors]),
    users: named(cloud.users, known.users),
    hosts: typeof computes === "object" ? named(computes, []) : numberedHosts(computes),
    servers: new Set(),
    prefixes: new Set(),
  };
}

/** The names of hosts of which only the number is given: `CloudOptions.computes`. */
function numberedHosts(count = 1): Set<string> {
  return new Set(Array.from({ length: count }, (_, index) => `compute-${String(index + 1)}`));
}

function checkList(steps: readonly Step[], path: Path, names: Names): Finding[] {
  return steps.flatMap((step, index) => checkStep(step, [...path, index], names));
}

function checkStep(step: Step, path: Path, names: Names): Finding[] {
  if ("run" in step) return checkRun(step, path, names);
  if ("together" in step) {
    return step.together.flatMap((run, index) =>
      checkRun(run, [...path, "together", index], names),
    );
  }
  if ("repeat" in step) return checkList(step.repeat.steps, [...path, "repeat", "steps"], names);
  if ("fault" in step) {
    // A driver's fault has a compute host; what others are aimed at may come while it runs.
    const { host } = step.fault;
    if (host === undefined || names.hosts.has(host)) return [];
    return [unknown("compute host", host, [...path, "fault", "host"], names.hosts)];
  }
  if ("wait" in step) {
    const { server, gone } = step.wait;
    const numbered = [...names.prefixes].some((prefix) => server.startsWith(`${prefix}-`));
    if (gone !== true && !server.includes("{") && !names.servers.has(server) && !numbered) {
      return [
        { ...unknown("server", server, [...path, "wait", "server"], names.servers), warning: true },
      ];
    }
  }
  return [];
}

function checkRun(step: RunStep, path: Path, names: Names): Finding[] {
  if (step.as !== undefined && !names.users.has(step.as)) {
    return [unknown("user", step.as, [...path, "as"], names.users)];
  }
  if (shellWords(step.run) === undefined) {
    return [{ path: [...path, "run"], message: "a quote is not closed in this command line" }];
  }
  const command = readCommand(step.run);
  if (command === undefined) return [];
  learn(command, names);
  // A step that expects to fail may name what is not there.
  if ((step.expect?.exit ?? 0) !== 0 || command.tool !== "nova" || command.command !== "boot")
    return [];
  const at = [...path, "run"];
  const found: Finding[] = [];
  const look = (what: string, name: string, known: ReadonlySet<string>): void => {
    if (name !== "" && !/[{$]|^[0-9a-f-]{32,36}$/u.test(name) && !known.has(name)) {
      found.push(unknown(what, name, at, known));
    }
  };
  for (const name of command.options.get("--image") ?? []) look("image", name, names.images);
  for (const name of command.options.get("--flavor") ?? []) look("flavor", name, names.flavors);
  for (const nic of command.options.get("--nic") ?? []) {
    for (const pair of nic.split(",")) {
      if (/^net-(?:id|name)=/u.test(pair))
        look("network", pair.slice(pair.indexOf("=") + 1), names.networks);
    }
  }
  return found;
}

/** What the command may bring into being. Every word counts: better too many names than too few. */
function learn({ command, options, positional }: KnownCommand, names: Names): void {
  const words = [...positional, ...(options.get("--name") ?? [])];
  const add = (to: Set<string>): void => {
    for (const word of words) to.add(word);
  };
  switch (command) {
    case "boot":
      for (const word of words) {
        names.servers.add(word);
        const many = ["--num-instances", "--max-count", "--min-count"].some((key) =>
          options.has(key),
        );
        if (many) names.prefixes.add(word);
      }
      break;
    case "shelve":
      for (const word of words) names.images.add(`${word}-shelved`);
      break;
    case "image-create":
    case "backup":
      add(names.images);
      break;
    case "flavor-create":
      add(names.flavors);
      break;
    case "net-create":
      add(names.networks);
      break;
    case "rename":
    case "rebuild":
      add(names.servers);
      break;
  }
}

function unknown(what: string, name: string, path: Path, names: ReadonlySet<string>): Finding {
  return {
    path,
    word: name,
    message: `there is no ${what} "${name}"`,
    hint: didYouMean(name, [...names]),
  };
}
