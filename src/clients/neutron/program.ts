/**
 * The program `neutron`: it reads its own options wherever they stand, looks for Keystone, then reads
 * the command, logs in and runs it. Upstream: neutronclient/shell.py (NeutronShell), 2.3.9, on cliff
 * 1.7.0. Tracebacks that `--debug` adds upstream are left out, and so is the shell of its own that it
 * has without a command.
 */
import { caught, type Op } from "../../kernel/index.js";
import { Exception } from "../../python/index.js";
import { Arguments } from "../openstack/arguments.js";
import { Exit } from "../shell/parser/index.js";
import type { ParsedCommand, Program } from "../shell/program.js";
import { NeutronApi } from "./api.js";
import type { NeutronCommand } from "./command.js";
import { agentCommands } from "./commands/agents.js";
import { dhcpAgentCommands } from "./commands/dhcp-agents.js";
import { extensionCommands } from "./commands/extensions.js";
import { floatingIpCommands } from "./commands/floating-ips.js";
import { healthMonitorCommands } from "./commands/health-monitors.js";
import { l3AgentCommands } from "./commands/l3-agents.js";
import { memberCommands, poolCommands, vipCommands } from "./commands/load-balancing.js";
import { networkCommands } from "./commands/networks.js";
import { portCommands } from "./commands/ports.js";
import { quotaCommands } from "./commands/quotas.js";
import { routerCommands } from "./commands/routers.js";
import { securityGroupRuleCommands } from "./commands/security-group-rules.js";
import { securityGroupCommands } from "./commands/security-groups.js";
import { subnetCommands } from "./commands/subnets.js";
import { extraValues } from "./extra-values.js";
import { globalOptions } from "./global-options.js";
import { NEUTRON_COMMANDS } from "./known-commands.js";
import { sessionOf } from "./login.js";
import { merged, Reader, UnknownCommand } from "./reading.js";

const NAME = "neutron";

const COMMANDS: ReadonlyMap<string, NeutronCommand> = new Map(
  [
    ...networkCommands,
    ...subnetCommands,
    ...portCommands,
    ...securityGroupCommands,
    ...securityGroupRuleCommands,
    ...quotaCommands,
    ...agentCommands,
    ...routerCommands,
    ...floatingIpCommands,
    ...dhcpAgentCommands,
    ...l3AgentCommands,
    ...poolCommands,
    ...vipCommands,
    ...memberCommands,
    ...healthMonitorCommands,
    ...extensionCommands,
  ].map((command) => [command.name, command]),
);

const reader = new Reader(
  {
    prog: NAME,
    about: "The networking API of OpenStack from the command line.",
    options: globalOptions,
    positionals: [],
    argparse: {},
  },
  COMMANDS,
  NEUTRON_COMMANDS,
);

const PROGRAM: Program = {
  name: NAME,

  read(words, variables): ParsedCommand {
    const { own, rest } = reader.options(words, variables);
    const { command, parsed } = orExit(() => {
      const { command: found, behind } = reader.command(rest);
      const line = reader.line(found, behind, variables);
      if (found.plain !== true) extraValues(line.extra);
      return { command: found, parsed: line.parsed };
    });
    return {
      program: NAME,
      subcommand: command.name,
      options: new Map([...own.options, ...parsed.options]),
      positionals: parsed.positionals,
      names: command.names?.(new Arguments(parsed.values)) ?? [],
    };
  },

  *run(env, words, variables, console): Op<number> {
    const { own, rest } = reader.options(words, variables);
    const options = new Arguments(own.values);
    const debug = options.texts("verbose").length > 0 && !options.flag("quiet");
    try {
      const { command, behind } = reader.command(rest);
      const session = yield* sessionOf(env, options, (line) => {
        if (debug) console.error(`DEBUG: ${line}\n`);
      });
      const line = reader.line(command, behind, variables);
      const api = new NeutronApi(session, options.text("os_region_name"));
      yield* api.authenticate(
        options.text("os_service_type") ?? "network",
        options.text("os_endpoint_type") ?? "publicURL",
      );
      const typed = command.plain === true ? {} : extraValues(line.extra);
      yield* command.run({ api, ...merged(line.parsed, typed), console });
      return 0;
    } catch (thrown) {
      if (thrown instanceof Exit) throw thrown;
      const error = yield* caught(thrown);
      console.error(debug ? `ERROR: neutronclient.shell ${error.message}\n` : `${error.message}\n`);
      return 1;
    }
  },
};

export const neutronProgram = (): Program => PROGRAM;

/** @throws Exit with what `run` would print in any case */
function orExit<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Exit || !(error instanceof Exception)) throw error;
    const advice = error instanceof UnknownCommand ? error.advice : {};
    throw new Exit(1, "", `${error.message}\n`, error.message, advice);
  }
}
