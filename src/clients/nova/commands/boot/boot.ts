/**
 * `boot`: look up image and flavor, ask for the server, show it, and wait for it if told to. The
 * order of checks and requests is that of upstream. Upstream: novaclient/v1_1/shell.py (_boot,
 * do_boot); transcripts §T1.
 */
import { CommandError } from "../../../../framework/apiclient/index.js";
import type { Op } from "../../../../kernel/index.js";
import { isObject, repr, type JsonObject } from "../../../../python/index.js";
import { bootBody, type Nic } from "../../../../services/nova/client/index.js";
import type { NovaClient } from "../../../../services/nova/client/index.js";
import type { Arguments } from "../../../openstack/arguments.js";
import type { Command } from "../../../openstack/command.js";
import type { CommandName } from "../../../shell/program.js";
import { findFlavor, findImage } from "../../find.js";
import { blockDevices, blockDevicesV1, toPair } from "./block-devices.js";
import { bootOptions } from "./boot-options.js";
import { pollForStatus } from "../actions/poll.js";
import { printServer } from "../show-server.js";

export const boot: Command<NovaClient> = {
  name: "boot",
  about: "Boot a new server.",
  options: bootOptions,
  positionals: [
    { dest: "name", metavar: "<name>", count: "one", about: "The name of the new server." },
  ],
  names: namesIn,
  check,
  *run(nova, args, console) {
    const body = yield* requestOf(nova, args);
    const created = yield* nova.createServer(body);
    // The answer has little more than the id; the rest is read when it is first needed.
    const { id } = created;
    const server = yield* nova.server(id);
    yield* printServer(nova, { ...created, ...server }, console);
    if (args.flag("poll")) yield* pollForStatus(nova, id, console, POLLED);
  },
};

function namesIn(args: Arguments): CommandName[] {
  const named = (what: CommandName["what"], name: string | undefined): CommandName[] =>
    name === undefined || name === "" ? [] : [{ what, name }];
  const networks = args.texts("nics").flatMap((nic) => nic.split(",").map(splitOnce));
  const many = ["num_instances", "min_count", "max_count"].some(
    (dest) => args.number(dest) !== undefined,
  );
  return [
    ...named("image", args.text("image")),
    ...named("flavor", args.text("flavor")),
    ...networks.flatMap(([key, name]) => (key === "net-id" ? named("network", name) : [])),
    { what: "server", name: args.text("name") ?? "", makes: many ? "many" : "one" },
  ];
}

/** What can be said of the options alone, in the order of `requestOf`. */
function check(args: Arguments): void {
  if (args.text("flavor") === undefined) throw new CommandError(NO_FLAVOR);
  countOf(args);
  metaOf(args);
  refuseFiles(args);
  const first = blockDevicesV1(args);
  const second = blockDevices(args);
  // Whether an image has the properties that are asked for, only Glance knows.
  if (args.pairs("image_with").length === 0) checkSources(args, args.text("image"), first, second);
  for (const nic of args.texts("nics")) nicOf(nic);
}

const POLLED = { action: "building", until: ["active"] } as const;

const NO_FLAVOR = "you need to specify a Flavor ID ";

export const metaOf = (args: Arguments): Record<string, string> =>
  Object.fromEntries(args.texts("meta").map((text, i) => toPair(splitOnce(text), i)));

function* requestOf(nova: NovaClient, args: Arguments): Op<JsonObject> {
  const imageId = yield* imageOf(nova, args);
  const wanted = args.text("flavor");
  if (wanted === undefined) throw new CommandError(NO_FLAVOR);
  const { minCount, maxCount } = countOf(args);
  const flavor = yield* findFlavor(nova, wanted);
  const meta = metaOf(args);
  refuseFiles(args);
  const first = blockDevicesV1(args);
  const second = blockDevices(args);
  checkSources(args, imageId, first, second);
  return bootBody({
    name: args.text("name") ?? "",
    imageId,
    flavorId: flavor.id,
    minCount,
    maxCount,
    meta,
    keyName: args.exactText("key_name"),
    availabilityZone: args.text("availability_zone"),
    securityGroups: args.text("security_groups")?.split(","),
    blockDevicesV1: first,
    blockDevices: second,
    nics: args.texts("nics").map(nicOf),
    hints: hintsOf(args.texts("scheduler_hints")),
    configDrive: configDriveOf(args),
  });
}

function* imageOf(nova: NovaClient, args: Arguments): Op<string | undefined> {
  const name = args.text("image");
  if (name !== undefined) return (yield* findImage(nova, name)).id;
  const wanted = args.pairs("image_with");
  if (wanted.length === 0) return undefined;
  const images = yield* nova.images();
  const match = images.find(({ metadata }) =>
    wanted.every(([key, value]) => isObject(metadata) && metadata[key] === value),
  );
  return match?.id;
}

function countOf(args: Arguments): { minCount: number; maxCount: number } {
  const instances = args.number("num_instances");
  const least = args.number("min_count");
  const most = args.number("max_count");
  if (instances !== undefined && (least !== undefined || most !== undefined)) {
    throw new CommandError("Don't mix num-instances and max/min-count");
  }
  const positive = (name: string, value: number | undefined): void => {
    if (value !== undefined && value < 1) throw new CommandError(`${name} should be >= 1`);
  };
  positive("num_instances", instances);
  positive("min_count", least);
  positive("max_count", most);
  if (least !== undefined && most !== undefined && least > most) {
    throw new CommandError("min_count should be <= max_count");
  }
  return { minCount: least ?? 1, maxCount: most ?? least ?? instances ?? 1 };
}

/** Upstream opens the files here; there are none. */
export function refuseFiles(args: Arguments): void {
  const missing = (path: string): CommandError =>
    new CommandError(
      `Can't open '${path}': [Errno 2] No such file or directory: ${repr(path)} (a simulated shell has no files)`,
    );
  for (const file of args.texts("files")) {
    const [, source] = splitOnce(file);
    if (source !== undefined) throw missing(source);
    throw new CommandError(
      `Invalid file argument '${file}'. File arguments must be of the form '--file <dst-path=src-path>'`,
    );
  }
  const userData = args.text("user_data");
  if (userData !== undefined) throw missing(userData);
}

function checkSources(
  args: Arguments,
  imageId: string | undefined,
  first: readonly JsonObject[],
  second: readonly JsonObject[],
): void {
  const sources = [imageId, args.text("boot_volume"), args.text("snapshot")];
  const count = sources.filter((source) => source !== undefined).length;
  const devices = first.length + second.length > 0;
  if (count > 1 || (count === 0 && !devices)) {
    throw new CommandError(
      "you need to specify at least one source ID (Image, Snapshot, or Volume), a block device mapping or provide a set of properties to match against an image",
    );
  }
  if (first.length > 0 && second.length > 0) {
    throw new CommandError(
      "you can't mix old block devices (--block-device-mapping) with the new ones (--block-device, --boot-volume, --snapshot, --ephemeral, --swap)",
    );
  }
}

const NIC_KEYS = ["net-id", "v4-fixed-ip", "v6-fixed-ip", "port-id"];

function nicOf(text: string): Nic {
  const wrong = new CommandError(
    `Invalid nic argument '${text}'. Nic arguments must be of the form --nic <net-id=net-uuid,v4-fixed-ip=ip-addr,v6-fixed-ip=ip-addr,port-id=port-uuid>, with at minimum net-id or port-id (but not both) specified.`,
  );
  const info = new Map<string, string>();
  for (const part of text.split(",")) {
    const [key = "", value] = splitOnce(part);
    if (value === undefined || !NIC_KEYS.includes(key)) throw wrong;
    info.set(key, value);
  }
  const [network = "", v4 = "", v6 = "", port = ""] = NIC_KEYS.map((key) => info.get(key));
  if ((network === "") === (port === "")) throw wrong;
  if (v4 !== "" && v6 !== "") {
    throw new CommandError("Only one of 'v4-fixed-ip' and 'v6-fixed-ip' may be provided.");
  }
  const fixed = v4 === "" ? v6 : v4;
  return {
    ...(network === "" ? {} : { uuid: network }),
    ...(fixed === "" ? {} : { fixed_ip: fixed }),
    ...(port === "" ? {} : { port }),
  };
}

/** A hint that is given again becomes a list. */
function hintsOf(texts: readonly string[]): Record<string, string | readonly string[]> {
  const hints = new Map<string, readonly string[]>();
  for (const text of texts) {
    const [key = "", value = ""] = splitOnce(text);
    hints.set(key, [...(hints.get(key) ?? []), value]);
  }
  const entries = [...hints].map(([key, values]) => [
    key,
    values.length === 1 ? (values[0] ?? "") : values,
  ]);
  return Object.fromEntries(entries) as Record<string, string | readonly string[]>;
}

function configDriveOf(args: Arguments): true | string | undefined {
  const value = args.text("config_drive");
  const word = (value ?? "").toLowerCase();
  if (word === "true" || word === "1") return true;
  return ["false", "0", "", "none"].includes(word) ? undefined : value;
}

function splitOnce(text: string): string[] {
  const equals = text.indexOf("=");
  return equals < 0 ? [text] : [text.slice(0, equals), text.slice(equals + 1)];
}
