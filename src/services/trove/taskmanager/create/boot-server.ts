/**
 * The server of an instance: Nova is asked for one with the files by which the guest will know who it is, and
 * with its volume. Upstream: trove/taskmanager/models.py (_create_server_volume_individually,
 * _create_server), novaclient/v1_1/base.py (_boot) of 2.20.0. There is no user data: no cloudinit file is there.
 */
import type { Op } from "../../../../kernel/index.js";
import { b64encode, type Json, type JsonObject } from "../../../../python/index.js";
import { bootBody, type Nic } from "../../../nova/client/index.js";
import type { TroveContext } from "../../context.js";
import { GUEST_CONFIG_FILE, GUEST_INFO_FILE, guestInfo } from "../../configuration/guest-files.js";
import { instanceRecord, updateInstance } from "../../instance/instances.js";
import type { FlavorOnWire } from "../rpcapi.js";
import type { TaskParts } from "../task-parts.js";

/** What of a volume a server is booted with. */
export interface MadeVolume {
  readonly id: string;
  readonly size: number;
}

export interface DatabaseServer {
  readonly instance_id: string;
  readonly flavor: FlavorOnWire;
  readonly image_id: string;
  readonly datastore_manager: string;
  readonly availability_zone: string | null;
  readonly nics: readonly JsonObject[];
  /** Names. */
  readonly groups: readonly string[];
  readonly volume: MadeVolume | undefined;
}

/** Its id is stored as soon as Nova has told it. @throws ClientException, ConnectionError */
export function* bootDatabaseServer(
  parts: TaskParts,
  ctxt: TroveContext,
  wanted: DatabaseServer,
): Op<void> {
  const { instance_id: id, volume, datastore_manager } = wanted;
  const { hostname, name, tenant_id } = instanceRecord(parts, ctxt, id);
  const { block_device_mapping: device, use_nova_server_config_drive } = parts.flags;
  const request = bootBody({
    name: hostname ?? name,
    imageId: wanted.image_id,
    flavorId: wanted.flavor.id,
    ...(use_nova_server_config_drive && { configDrive: true as const }),
    securityGroups: wanted.groups,
    availabilityZone: wanted.availability_zone ?? undefined,
    nics: wanted.nics.map(nicOf),
    ...(volume !== undefined && {
      blockDevicesV1: [
        {
          device_name: device,
          volume_id: volume.id,
          volume_size: String(volume.size),
          delete_on_termination: "1",
        },
      ],
    }),
  });
  const files: readonly (readonly [string, string])[] = [
    [GUEST_INFO_FILE, guestInfo({ guest_id: id, datastore_manager, tenant_id })],
    [GUEST_CONFIG_FILE, parts.guestConfig],
  ];
  const personality = files.map(([path, contents]) => ({
    path,
    contents: b64encode(bytes(contents)),
  }));
  const server = yield* parts.remote.nova(ctxt).createServer(withFiles(request, personality));
  updateInstance(parts.db, id, { compute_instance_id: server.id });
}

const withFiles = (request: JsonObject, personality: Json): JsonObject => ({
  ...request,
  server: { ...(request["server"] as JsonObject), personality },
});

/** As novaclient turns one. */
function nicOf(nic: JsonObject): Nic {
  const text = (key: string): string | undefined => {
    const value = nic[key];
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const [uuid, fixed_ip, port] = [text("net-id"), text("v4-fixed-ip"), text("port-id")];
  return {
    ...(uuid !== undefined && { uuid }),
    ...(fixed_ip !== undefined && { fixed_ip }),
    ...(port !== undefined && { port }),
  };
}

/** What Trove writes into such files is ASCII. */
const bytes = (text: string): Uint8Array =>
  Uint8Array.from(Array.from(text), (char) => char.charCodeAt(0));
