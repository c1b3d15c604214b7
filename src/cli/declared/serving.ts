/** The command that puts a cloud behind real ports. */
import { InvalidArgumentError, Option, type Command } from "commander";
import type { Pace } from "../../serve/time/pump.js";
import type { ToScenarioOptions } from "../serving/record-to-scenario.js";
import type { ServeCommandOptions } from "../serving/serve.js";
import { EXAMPLES_OF } from "../examples.js";
import { parseName, parseOut, parseSeed, set } from "../options.js";
import type { Shared } from "./shared.js";

export function addServing(program: Command, shared: Shared): void {
  const { simulating, ended } = shared;
  addToScenario(program, shared);
  program
    .command("serve")
    .description("a cloud behind real HTTP, for OpenStack's real clients, until Ctrl-C")
    .addHelpText("after", EXAMPLES_OF.serve)
    .argument("[scenario]", "what has happened before anybody comes; by default nothing")
    .option("--preset <preset>", "which services there are: minimal, full, nova-network")
    .option(
      "--port-base <n>",
      "is added to the services' own ports (8774); 0: any that are free",
      parseBase,
    )
    .option("--host <address>", "where to listen; others than you may come then", "127.0.0.1")
    .option("--public-host <name>", "what the catalog calls this machine; by default the address")
    .option(
      "--pace <pace>",
      "how time goes by: settle, as it is needed; or so many times as fast as the clock: 1, 10",
      parsePace,
      "settle",
    )
    .option("--no-live", "without the live page")
    .option("--no-dashboard", "without Horizon's pages")
    .option("--lenient", "no quotas, for test suites")
    .option(
      "--record <out>",
      "write what happens to a file; novasim replay does it again",
      parseOut,
    )
    .option("--user <name>", "whose environment is printed; by default demo's")
    .addOption(
      new Option("--identity <version>", "of Keystone's API, in that environment")
        .choices(["2", "3"])
        .default("3"),
    )
    .option("--openrc <file>", "write that environment to a file", parseName)
    .option("--clouds <file>", "write a clouds.yaml", parseName)
    .option("--max-body <bytes>", "the longest body that is taken", parseBytes, 2 ** 32)
    .option("--request-id", "x-openstack-request-id beside what a service calls its own id")
    .option("--seed <n>", "another seed than the scenario's", parseSeed)
    .addOption(set())
    .action(async (file: string | undefined, options: ServeCommandOptions) => {
      const { serve } = await import("../serving/serve.js");
      ended.code = await serve(await simulating(), file, options);
    });
}

function addToScenario(program: Command, { session, ended }: Shared): void {
  program
    .command("record-to-scenario")
    .description("what real clients did to a served cloud, as a scenario of requests")
    .argument("<recording>", "what novasim serve --record has written")
    .option("--out <file>", "where to write it, instead of standard output", parseName)
    .action(async (file: string, options: ToScenarioOptions) => {
      const { recordToScenario } = await import("../serving/record-to-scenario.js");
      ended.code = recordToScenario(session(), file, options);
    });
}

function parseBase(text: string): number {
  if (/^\d{1,5}$/u.test(text) && Number(text) < 65_535) return Number(text);
  throw new InvalidArgumentError("A base is a whole number, such as 20000; 0 takes free ports.");
}

function parsePace(text: string): Pace {
  if (text === "settle") return text;
  const pace = Number(text);
  if (/^\d{1,4}(\.\d{1,3})?$/u.test(text) && pace > 0) return pace;
  throw new InvalidArgumentError("A pace is settle, or a number above 0 such as 1 or 10.");
}

function parseBytes(text: string): number {
  if (/^\d{1,15}$/u.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError("A length is a whole number of bytes.");
}
