/** How `nova boot` is typed: every option of 2.20.0. Upstream: novaclient/v1_1/shell.py (do_boot). */
import { flagOption, twinOf, valueOption } from "../../../openstack/options.js";
import { int, keyValue, type OptionSpec } from "../../../shell/parser/index.js";

const NIC = "<net-id=net-uuid,v4-fixed-ip=ip-addr,v6-fixed-ip=ip-addr,port-id=port-uuid>";

const many = { many: true, otherwise: [] } as const;

const keyName = valueOption("--key-name", "<key-name>", "The key pair to give to the server.", {
  env: ["NOVACLIENT_DEFAULT_KEY_NAME"],
});
const userData = valueOption(
  "--user-data",
  "<user-data>",
  "A file for the metadata service. A simulated shell has no files.",
);
const zone = valueOption("--availability-zone", "<availability-zone>", "Where to put the server.");
const groups = valueOption(
  "--security-groups",
  "<security-groups>",
  "Names of security groups, separated by commas.",
);
const mapping = valueOption(
  "--block-device-mapping",
  "<dev-name=mapping>",
  "A block device in the older form: its name, then id, type, size in GB and whether to delete it, parted by colons.",
  many,
);

export const bootOptions: readonly OptionSpec[] = [
  valueOption("--flavor", "<flavor>", "The flavor's name or ID."),
  valueOption("--image", "<image>", "The image's name or ID."),
  valueOption("--image-with", "<key=value>", "Take the first image that has this metadata.", {
    ...many,
    type: keyValue,
  }),
  valueOption("--boot-volume", "<volume_id>", "The volume to boot from."),
  valueOption("--snapshot", "<snapshot_id>", "The snapshot to make a volume of and boot from."),
  valueOption("--num-instances", "<number>", undefined, { type: int }),
  valueOption("--min-count", "<number>", "How many servers at least.", { type: int }),
  valueOption("--max-count", "<number>", "How many servers at most.", { type: int }),
  valueOption("--meta", "<key=value>", "Metadata of the server; may be repeated.", many),
  valueOption(
    "--file",
    "<dst-path=src-path>",
    "A file to put into the server. A simulated shell has no files.",
    { ...many, dest: "files" },
  ),
  keyName,
  twinOf(keyName),
  userData,
  twinOf(userData),
  zone,
  twinOf(zone),
  groups,
  twinOf(groups),
  mapping,
  twinOf(mapping),
  valueOption(
    "--block-device",
    "key1=value1[,key2=value2...]",
    "A block device with the keys id, source (image, snapshot, volume or blank), dest (volume or local), bus, type, device, size (GB), format, bootindex and shutdown (preserve or remove).",
    many,
  ),
  valueOption("--swap", "<swap_size>", "A local swap disk of this many MB."),
  valueOption(
    "--ephemeral",
    "size=<size>[,format=<format>]",
    "A local disk of this many GB; may be repeated.",
    many,
  ),
  valueOption("--hint", "<key=value>", "A hint for the scheduler; may be repeated.", {
    ...many,
    dest: "scheduler_hints",
  }),
  valueOption(
    "--nic",
    NIC,
    "A network card on a network or with a port that is there; may be repeated. Here net-id also takes the name of a network.",
    { ...many, dest: "nics" },
  ),
  valueOption("--config-drive", "<value>", "Whether to attach a config drive.", {
    otherwise: false,
  }),
  flagOption("--poll", "Report how far the server is until it is active."),
];
