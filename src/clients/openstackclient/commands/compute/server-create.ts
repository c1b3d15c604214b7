/**
 * `server create`. There is no disk here that a file to inject or user data could come from: both are
 * refused, as files that are not there. Upstream: openstackclient/compute/v2/server.py (CreateServer), 0.4.1;
 * novaclient/v1_1/servers.py (create, _boot), 2.20.0.
 */
import { CommandError } from "../../../../framework/apiclient/index.js";
import { textOf, ValueError } from "../../../../python/index.js";
import { bootBody, type Nic } from "../../../../services/nova/client/index.js";
import { blockDevicesV1, toPair } from "../../../nova/commands/boot/block-devices.js";
import type { Arguments } from "../../../openstack/arguments.js";
import { flagOption, valueOption } from "../../../openstack/options.js";
import { Exit, int, type OptionSpec } from "../../../shell/parser/index.js";
import { found } from "../../find.js";
import { argument, logged, shower, word, type OpenStackCommand } from "../../output.js";
import { propertiesIn, propertyOption } from "../../properties.js";
import { flavorLookup, imageLookup } from "./lookups.js";
import { serverDetail } from "./server-detail.js";
import { waitForStatus } from "./wait-for-status.js";

const many = { many: true, otherwise: [] };
const countOf = { type: int, otherwise: 1 };

const options: readonly OptionSpec[] = [
  { ...valueOption("--image", "<image>", "Made from this image."), required: true },
  { ...valueOption("--flavor", "<flavor>", "Of this flavor."), required: true },
  valueOption("--security-group", "<security-group-name>", "In this group.", many),
  valueOption("--key-name", "<key-name>", "With this key."),
  propertyOption("A property of it."),
  valueOption("--file", "<dest-filename=source-filename>", "A file to put into it.", many),
  valueOption("--user-data", "<user-data>", "A file for the metadata service."),
  valueOption("--availability-zone", "<zone-name>", "In this zone."),
  valueOption(
    "--block-device-mapping",
    "<dev-name=mapping>",
    "A disk: <id>:<type>:<size(GB)>:<delete_on_terminate>.",
    many,
  ),
  valueOption("--nic", "<nic-config-string>", "net-id=..., v4-fixed-ip=..., port-id=...", many),
  valueOption("--hint", "<key=value>", "A hint for the scheduler.", many),
  valueOption("--config-drive", "<config-drive-volume>|True", "A volume, or True."),
  valueOption("--min", "<count>", "Servers at least.", countOf),
  valueOption("--max", "<count>", "Servers at most.", countOf),
  flagOption("--wait", "Until it is built."),
];

export const createServer: OpenStackCommand = shower(
  {
    name: "server create",
    about: "Make a server.",
    positionals: [argument("server_name", "Its name.")],
    options,
    names: (args) => [
      { what: "image", name: args.text("image") ?? "" },
      { what: "flavor", name: args.text("flavor") ?? "" },
      {
        what: "server",
        name: args.text("server_name") ?? "",
        makes: (args.number("max") ?? 1) > 1 ? "many" : "one",
      },
    ],
  },
  function* ({ compute }, args, console) {
    const image = yield* found(imageLookup(compute), word(args, "image"));
    const flavor = yield* found(flavorLookup(compute), word(args, "flavor"));
    refuseFiles(args);
    const [minCount, maxCount] = [args.number("min") ?? 1, args.number("max") ?? 1];
    if (minCount > maxCount) throw new CommandError("min instances should be <= max instances");
    if (minCount < 1) throw new CommandError("min instances should be > 0");
    const userData = args.text("user_data");
    if (userData !== undefined) throw unreadable(userData);
    const name = word(args, "server_name");
    const made = yield* compute.createServer(
      bootBody({
        name,
        imageId: textOf(image, "id"),
        flavorId: textOf(flavor, "id"),
        minCount,
        maxCount,
        meta: textsOf(propertiesIn(args)),
        keyName: args.text("key_name"),
        securityGroups: args.texts("security_group"),
        availabilityZone: args.text("availability_zone"),
        blockDevicesV1: blockDevicesV1(args),
        nics: args.texts("nic").map(nicOf),
        hints: hintsOf(args.texts("hint")),
        configDrive: configDrive(args.text("config_drive")),
      }),
    );
    if (args.flag("wait")) {
      if (!(yield* waitForStatus(() => compute.server(made.id), console))) {
        const logger = "compute.v2.server.CreateServer";
        logged(console, "ERROR", logger, `Error creating server: ${name}`);
        throw new Exit(0, "\nError creating server", "");
      }
      console.print();
    }
    return yield* serverDetail(compute, made);
  },
);

/** @throws ValueError, CommandError */
function refuseFiles(args: Arguments): void {
  const [file] = args.texts("file");
  if (file === undefined) return;
  const at = file.indexOf("=");
  if (at < 0) throw new ValueError("need more than 1 value to unpack");
  throw unreadable(file.slice(at + 1));
}

const unreadable = (file: string): CommandError =>
  new CommandError(`Can't open '${file}': [Errno 2] No such file or directory: '${file}'`);

const textsOf = (properties: ReturnType<typeof propertiesIn> = {}): Record<string, string> =>
  Object.fromEntries(Object.keys(properties).map((key) => [key, textOf(properties, key)]));

/** `net-id=x,v4-fixed-ip=y`. @throws ValueError, CommandError */
function nicOf(text: string): Nic {
  const pairs = text.split(",").map((pair, i) => {
    const at = pair.indexOf("=");
    return toPair(at < 0 ? [pair] : [pair.slice(0, at), pair.slice(at + 1)], i);
  });
  const parts = new Map(pairs);
  const [net, v4, v6, port] = ["net-id", "v4-fixed-ip", "v6-fixed-ip", "port-id"].map(
    (key) => parts.get(key) ?? "",
  );
  if (v4 && v6) {
    throw new CommandError("Only one of 'v4-fixed-ip' and 'v6-fixed-ip' may be provided.");
  }
  const address = v4 || v6;
  return {
    ...(net && { uuid: net }),
    ...(address && { fixed_ip: address }),
    ...(port && { port }),
  };
}

/** A hint that is given twice has two values. */
function hintsOf(texts: readonly string[]): Record<string, string | string[]> {
  const hints = new Map<string, string | string[]>();
  for (const text of texts) {
    const at = text.indexOf("=");
    const [key, value] = at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
    const before = hints.get(key);
    hints.set(key, before === undefined ? value : [before, value].flat());
  }
  return Object.fromEntries(hints);
}

function configDrive(text: string | undefined): true | string | undefined {
  const small = text?.toLowerCase() ?? "";
  if (["true", "1"].includes(small)) return true;
  return ["false", "0", "", "none"].includes(small) ? undefined : text;
}
