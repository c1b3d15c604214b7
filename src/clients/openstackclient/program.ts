/**
 * The program `openstack`: it reads its own options wherever they stand, looks for the command among
 * the words that are left, logs in and runs it. The shell of its own that it has without a command is
 * not simulated, nor are version 3 of the identity API, `--timing` and commands of Cinder and Swift.
 * Upstream: openstackclient/shell.py (OpenStackShell), 0.4.1, on cliff 1.7.0.
 */
import { CommandError } from "../../framework/apiclient/index.js";
import { caught, type Op } from "../../kernel/index.js";
import { bytesRepr } from "../../python/index.js";
import { Arguments } from "../openstack/arguments.js";
import { KEYSTONE_AGENT, passwordLogin } from "../openstack/identity.js";
import { Transport } from "../openstack/transport.js";
import {
  Exit,
  help,
  notSimulated,
  parse,
  parseKnown,
  type Environment,
  type OptionSpec,
  type Parsed,
  type ParserSpec,
} from "../shell/parser/index.js";
import type { ParsedCommand, Program } from "../shell/program.js";
import { OpenStackClients, type LoginResult } from "./clients.js";
import { flavorCommands } from "./commands/flavors.js";
import { identityCommands } from "./commands/identity.js";
import { imageCommands } from "./commands/images.js";
import { networkCommands } from "./commands/networks.js";
import { serverCommands } from "./commands/servers.js";
import { globalOptions } from "./global-options.js";
import { OPENSTACK_COMMANDS } from "./known-commands.js";
import type { OpenStackCommand } from "./output.js";

const NAME = "openstack";

const COMMANDS: ReadonlyMap<string, OpenStackCommand> = new Map(
  [
    ...serverCommands,
    ...flavorCommands,
    ...imageCommands,
    ...networkCommands,
    ...identityCommands,
  ].map((command) => [command.name, command]),
);

const HELP: OptionSpec = { names: ["-h", "--help"], dest: "help", takes: "nothing", ends: "help" };

const specOf = ({ name, about, options = [], positionals = [] }: OpenStackCommand): ParserSpec => ({
  prog: `${NAME} ${name}`,
  about,
  positionals,
  options: [HELP, ...options],
  argparse: {},
});

const GLOBAL: ParserSpec = {
  prog: NAME,
  about: "The APIs of OpenStack from the command line.",
  options: globalOptions,
  positionals: [],
  argparse: {},
};

const WHOLE: ParserSpec = {
  ...GLOBAL,
  commands: new Map([...COMMANDS].map(([name, command]) => [name, specOf(command)])),
  unmodelled: new Set(OPENSTACK_COMMANDS.filter((name) => !COMMANDS.has(name))),
};

interface Line {
  readonly own: Parsed;
  readonly command: OpenStackCommand;
  readonly parsed: Parsed;
}

/** @throws Exit for help and for a wrong use */
function lineOf(words: readonly string[], variables: Environment): Line {
  const own = parseKnown(GLOBAL, words, variables);
  const { extras } = own;
  if (extras.length === 0) {
    if (own.values.get("help") === true) throw new Exit(0, help(WHOLE), "");
    const message = `${NAME} without a command, a shell of its own, is not simulated`;
    throw new Exit(1, "", `${message}. \`${NAME} help\` lists the commands.\n`, message);
  }
  if (extras[0] === "help" && extras.length === 1) throw new Exit(0, help(WHOLE), "");
  const asked = extras[0] === "help";
  const { command, behind } = commandIn(asked ? extras.slice(1) : extras);
  if (asked || own.values.get("help") === true) throw new Exit(0, help(specOf(command)), "");
  return { own, command, parsed: parse(specOf(command), behind, variables) };
}

/** The command of the fewest words that begin the line, and what stands behind it. @throws Exit */
function commandIn(words: readonly string[]): {
  readonly command: OpenStackCommand;
  readonly behind: readonly string[];
} {
  const known = [...COMMANDS.keys()];
  const dash = words.findIndex((word) => word.startsWith("-"));
  const name = dash < 0 ? words : words.slice(0, dash);
  for (let count = 1; count <= name.length; count += 1) {
    const tried = name.slice(0, count).join(" ");
    const command = COMMANDS.get(tried);
    if (command !== undefined) return { command, behind: words.slice(count) };
    if (WHOLE.unmodelled?.has(tried) === true) throw notSimulated(WHOLE, tried, known);
  }
  const message =
    dash < 0
      ? `Unknown command ${bytesRepr([...words])}`
      : `Invalid command ${bytesRepr(words[dash] ?? "")}`;
  const word = dash < 0 ? words.join(" ") : (words[dash] ?? "");
  throw new Exit(2, "", `ERROR: ${NAME} ${message}\n`, message, { word, known });
}

export const openstackProgram: Program = {
  name: NAME,

  read(words, variables): ParsedCommand {
    const { own, command, parsed } = lineOf(words, variables);
    return {
      program: NAME,
      subcommand: command.name,
      options: new Map([...own.options, ...parsed.options]),
      positionals: parsed.positionals,
      names: command.names?.(new Arguments(parsed.values)) ?? [],
    };
  },

  *run(env, words, variables, console): Op<number> {
    const { own, command, parsed } = lineOf(words, variables);
    const options = new Arguments(own.values);
    const transport = new Transport(env, {
      userAgent: KEYSTONE_AGENT,
      insecure: options.flag("insecure"),
      debug: options.flag("debug") ? (text) => console.error(text) : undefined,
    });
    try {
      const clients = new OpenStackClients(transport, yield* login(transport, options));
      yield* command.run(clients, new Arguments(parsed.values), console);
      return 0;
    } catch (thrown) {
      if (thrown instanceof Exit) throw thrown;
      const { message } = yield* caught(thrown);
      console.error(`ERROR: ${NAME} ${message}\n`);
      return 1;
    }
  },
};

/** @throws CommandError if something that a login needs is missing, and what a refusal is called */
function* login(transport: Transport, options: Arguments): Op<LoginResult> {
  const text = (name: string) => options.text(`os_${name}`);
  const [token, url] = [text("token"), text("url")];
  if (token !== undefined || url !== undefined) {
    if (token === undefined) throw missing("a token", "--os-token or env[OS_TOKEN]");
    if (url === undefined) throw missing("a service URL", "--os-url or env[OS_URL]");
    throw new CommandError("a token instead of a password is not simulated");
  }
  const [username, password, authUrl] = [text("username"), text("password"), text("auth_url")];
  const [tenantId, tenantName] = [text("project_id"), text("project_name")];
  if (username === undefined) throw missing("a username", "--os-username or env[OS_USERNAME]");
  if (password === undefined) {
    throw missing("a password", "--os-password, or env[OS_PASSWORD],  or prompted response");
  }
  const elsewhere = ["domain_id", "domain_name", "trust_id"].some((n) => text(n) !== undefined);
  if (tenantId === undefined && tenantName === undefined && !elsewhere) {
    throw new CommandError(NO_SCOPE);
  }
  if (authUrl === undefined) throw missing("an auth url", "--os-auth-url or via env[OS_AUTH_URL]");
  if (text("trust_id") !== undefined) {
    throw new CommandError("Trusts can only be used with Identity API v3");
  }
  const who = { username, password, tenantId, tenantName };
  const access = yield* passwordLogin(transport, authUrl, who);
  return { access, authUrl, password, tenantName, region: text("region_name") };
}

const missing = (what: string, how: string): CommandError =>
  new CommandError(`You must provide ${what} via either ${how}`);

const NO_SCOPE =
  "You must provide authentication scope as a project or a domain via --os-project-id or " +
  "env[OS_PROJECT_ID], --os-project-name or env[OS_PROJECT_NAME], --os-domain-id or " +
  "env[OS_DOMAIN_ID], or--os-domain-name or env[OS_DOMAIN_NAME], or --os-trust-id or " +
  "env[OS_TRUST_ID].";
