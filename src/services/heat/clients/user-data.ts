/**
 * What a server that Heat makes is told at its first start: a message of several parts for cloud-init. The
 * programs that Heat sends along are named there and not written out, since no guest here runs any.
 * Upstream: heat/engine/clients/os/nova.py (build_userdata), heat/cloudinit at 2014.2; the form is that of
 * Python's email.mime.
 */
import type { FlagsOf } from "../../../framework/index.js";
import type { Stream } from "../../../kernel/index.js";
import { dumps, truth, type JsonObject } from "../../../python/index.js";
import type { clientFlags } from "./flags.js";

export type UserDataFormat = "HEAT_CFNTOOLS" | "RAW" | "SOFTWARE_CONFIG";

/** Of a message of several. */
export interface Part {
  readonly content: string;
  readonly filename: string;
  /** By its name where it is not said. */
  readonly subtype?: string;
}

export interface UserDataOptions {
  readonly metadata: JsonObject;
  readonly userData: string;
  /** The user to make on the server; empty for none. */
  readonly instanceUser: string;
  readonly format: UserDataFormat;
  readonly flags: FlagsOf<typeof clientFlags>;
  /** Where boundaries come from. */
  readonly chance: Stream;
}

const INIT_DATA = "x-cfninitdata";

export function userDataOf({ format, userData, ...options }: UserDataOptions): string {
  if (format === "RAW") return userData;
  const { metadata, instanceUser, flags, chance } = options;
  const isTools = format === "HEAT_CFNTOOLS";
  const user = instanceUser === "" ? "" : `user: ${instanceUser}`;
  const program = (name: string): string => `# heat/cloudinit/${name}\n`;
  const hook =
    instanceUser === ""
      ? program("boothook.sh")
      : `#!/bin/bash\nuseradd -m ${instanceUser}\n${program("boothook.sh")}`;
  const parts: Part[] = [
    { content: `${user}\n`, filename: "cloud-config" },
    { content: hook, filename: "boothook.sh", subtype: "cloud-boothook" },
    { content: program("part_handler.py"), filename: "part-handler.py" },
    ...(isTools
      ? [{ content: userData, filename: "cfn-userdata", subtype: INIT_DATA }]
      : (partsOf(userData) ?? [
          { content: userData, filename: "userdata", subtype: "x-shellscript" },
        ])),
  ];
  if (isTools) {
    const content = program("loguserdata.py");
    parts.push({ content, filename: "loguserdata.py", subtype: "x-shellscript" });
  }
  const init = (content: string, filename: string): void => {
    parts.push({ content, filename, subtype: INIT_DATA });
  };
  if (truth(metadata)) init(dumps(metadata), "cfn-init-data");
  init(flags.heat_watch_server_url, "cfn-watch-server");
  if (isTools) {
    init(flags.heat_metadata_server_url, "cfn-metadata-server");
    init(botoConfig(flags), "cfn-boto-cfg");
  }
  return multipart(parts, chance);
}

/** Where a guest's tools find the APIs of CloudFormation and CloudWatch. */
const botoConfig = (flags: FlagsOf<typeof clientFlags>): string =>
  [
    "[Boto]",
    "debug = 0",
    `is_secure = ${flags.instance_connection_is_secure}`,
    `https_validate_certificates = ${flags.instance_connection_https_validate_certificates}`,
    "cfn_region_name = heat",
    `cfn_region_endpoint = ${hostOf(flags.heat_metadata_server_url)}`,
    "cloudwatch_region_name = heat",
    `cloudwatch_region_endpoint = ${hostOf(flags.heat_watch_server_url)}`,
  ].join("\n");

const hostOf = (url: string): string =>
  /^\w+:\/\/([^/:]+)/u.exec(url)?.[1]?.toLowerCase() ?? "None";

/** `MIMEMultipart.as_string`. @param parts texts */
export function multipart(parts: readonly Part[], chance: Stream): string {
  const boundary = `===============${chance.text("0123456789", 19)}==`;
  const written = parts.map(({ content, filename, subtype }) => {
    const kind = subtype ?? filename.replace(/\.[^.]*$/u, "");
    const headers = [
      `Content-Type: text/${kind}; charset="us-ascii"`,
      "MIME-Version: 1.0",
      "Content-Transfer-Encoding: 7bit",
      ...(filename === "" ? [] : [`Content-Disposition: attachment; filename="${filename}"`]),
    ];
    return `--${boundary}\n${headers.join("\n")}\n\n${content}\n`;
  });
  const head = `Content-Type: multipart/mixed; boundary="${boundary}"\nMIME-Version: 1.0\n\n`;
  return `${head}${written.join("")}--${boundary}--`;
}

/** The parts of a message that is one of several, as `multipart` writes it; undefined for any other text. */
export function partsOf(text: string): Part[] | undefined {
  const [head = "", ...rest] = text.split("\n\n");
  const boundary = /^content-type: *multipart\/[\w-]+; *boundary="?([^"\n]+)"?/imu.exec(head)?.[1];
  if (boundary === undefined) return undefined;
  return rest
    .join("\n\n")
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => {
      const [headers = "", ...body] = part.replace(/^\n/u, "").split("\n\n");
      const subtype = /^content-type: *text\/([\w-]+)/imu.exec(headers)?.[1] ?? "plain";
      const filename = /filename="?([^"\n]*)"?/iu.exec(headers)?.[1] ?? "";
      return { content: body.join("\n\n").replace(/\n$/u, ""), filename, subtype };
    });
}
