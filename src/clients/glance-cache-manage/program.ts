/**
 * The program `glance-cache-manage`, an operator's look into the image cache of one glance-api. It is read by argparse's
 * rules and not by optparse's, so a wrong line is told in argparse's words. Upstream: glance/cmd/cache_manage.py at 2014.2.
 */
import { unixMicros, type Op } from "../../kernel/index.js";
import { openStackProgram, type Opened, type Opening } from "../openstack/program.js";
import { baseOptions, envOption, flagOption, valueOption } from "../openstack/options.js";
import { Transport } from "../openstack/transport.js";
import { int } from "../shell/parser/index.js";
import type { Program } from "../shell/program.js";
import { CacheClient } from "./cache-client.js";
import { cacheCommands, manners, type CacheShell } from "./commands.js";

const COMMANDS: readonly string[] = cacheCommands.map(({ name }) => name);

const options = [
  ...baseOptions("2014.2").filter(({ dest }) => dest !== "debug"),
  { ...flagOption("--debug", "Read; tracebacks are left out."), names: ["--debug", "-d"] },
  ...manners,
  valueOption("--host", "ADDRESS", "Where glance-api is, unless Keystone says so.", {
    names: ["--host", "-H"],
    otherwise: "0.0.0.0",
  }),
  valueOption("--port", "PORT", "Its port.", {
    names: ["--port", "-p"],
    type: int,
    otherwise: 9292,
  }),
  {
    ...flagOption("--insecure", "Do not verify certificates. There are none here."),
    names: ["--insecure", "-k"],
  },
  envOption("--os-auth-token", "OS_AUTH_TOKEN", "OS_AUTH_TOKEN"),
  envOption("--os-username", "OS_USERNAME", "OS_USERNAME"),
  envOption("--os-password", "OS_PASSWORD", "OS_PASSWORD"),
  envOption("--os-region-name", "OS_REGION_NAME", "OS_REGION_NAME"),
  envOption("--os-tenant-id", "OS_TENANT_ID", "OS_TENANT_ID"),
  envOption("--os-tenant-name", "OS_TENANT_NAME", "OS_TENANT_NAME"),
  envOption("--os-auth-url", "OS_AUTH_URL", "OS_AUTH_URL"),
];

function* open({ env, args }: Opening): Op<Opened<CacheShell>> {
  const transport = new Transport(env, {
    userAgent: "glance-client",
    timeout: null,
    insecure: args.flag("insecure"),
  });
  const authUrl = args.text("os_auth_url");
  const client = new CacheClient(transport, {
    host: args.text("host") ?? "",
    port: args.number("port") ?? 9292,
    token: args.text("os_auth_token"),
    credentials:
      authUrl === undefined
        ? undefined
        : {
            authUrl,
            username: args.text("os_username"),
            password: args.text("os_password"),
            tenant: args.text("os_tenant_name"),
            region: args.text("os_region_name"),
          },
  });
  const { calendar } = env.kernel;
  const shell: CacheShell = {
    client,
    force: args.flag("force"),
    verbose: args.flag("verbose"),
    dateOf: (stamp) => {
      const micros = Math.floor(typeof stamp === "number" ? stamp : 0) * 1e6;
      return calendar.iso(micros - unixMicros(calendar.stamp(0))).slice(0, 19);
    },
  };
  return { client: shell, transport };
}

const PROGRAM = openStackProgram<CacheShell>({
  name: "glance-cache-manage",
  about: "The image cache of a glance-api.",
  options,
  commands: cacheCommands,
  upstream: COMMANDS,
  argparse: { prefix: "", choices: COMMANDS },
  open,
  errorLine: ({ message }) => `${message}\n`,
});

export const glanceCacheManage = (): Program => PROGRAM;
