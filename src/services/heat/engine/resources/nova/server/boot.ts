/**
 * What Nova is asked for a new server: user data out of a text or a configuration of Heat's, and the rest as it stands
 * in its properties. Upstream: heat/engine/resources/server.py (Server.handle_create, get_software_config) at 2014.2.
 */
import { utf8ToBytes } from "@noble/hashes/utils.js";
import type { Op } from "../../../../../../kernel/index.js";
import {
  b64encode,
  isObject,
  isUuidLike,
  str,
  truth,
  wellFormed,
  type Json,
  type JsonObject,
} from "../../../../../../python/index.js";
import { bootBody } from "../../../../../nova/client/index.js";
import { serialized, type Clients, type UserDataFormat } from "../../../../clients/index.js";
import { exceptionOf } from "../../../scheduler/task.js";
import { itemsOf, objectsOf } from "../../service-resource.js";
import { legacyDevices } from "./legacy-devices.js";
import { nicsOf } from "./networks.js";

export interface WantedServer {
  readonly name: string;
  readonly clients: Clients;
  /** The value of a property. */
  readonly property: (name: string) => Op<Json>;
}

/** The user data, out of a configuration of Heat's if it is the id of one. */
export function* userDataContent({ clients: { heat }, property }: WantedServer): Op<string> {
  const content = str(yield* property("user_data"));
  const format = str(yield* property("user_data_format")) as UserDataFormat;
  if (format === "HEAT_CFNTOOLS" || !isUuidLike(content)) return content;
  try {
    const { config } = yield* heat.softwareConfig(content);
    return str(config ?? null);
  } catch (thrown) {
    const error = yield* exceptionOf(thrown);
    if (heat.isNotFound(error)) return content;
    throw error;
  }
}

/** @param userData as the guest shall have it */
export function* bootRequest(server: WantedServer, userData: string): Op<JsonObject> {
  const { clients, property, name } = server;
  const image = textIn(yield* property("image"));
  const imageId = image === undefined ? undefined : yield* clients.glance.imageId(image);
  const flavorId = yield* clients.nova.flavorId(str(yield* property("flavor")));
  return bootBody({
    ...{ name, imageId, flavorId },
    userData: encoded(userData),
    ...(yield* options(server)),
  });
}

function* options({ clients, property }: WantedServer) {
  const text = function* (key: string): Op<string | undefined> {
    return textIn(yield* property(key));
  };
  const networks = objectsOf(yield* property("networks"));
  const metadata = yield* property("metadata");
  const hints = yield* property("scheduler_hints");
  const files = yield* property("personality");
  return {
    keyName: yield* text("key_name"),
    securityGroups: itemsOf(yield* property("security_groups")).map(str),
    meta: isObject(metadata)
      ? (serialized(metadata) as Readonly<Record<string, string>>)
      : undefined,
    hints: isObject(hints) ? (hints as Readonly<Record<string, string>>) : undefined,
    nics: networks.length === 0 ? undefined : yield* nicsOf(networks, clients),
    availabilityZone: yield* text("availability_zone"),
    blockDevicesV1: legacyDevices(objectsOf(yield* property("block_device_mapping"))),
    reservationId: yield* text("reservation_id"),
    configDrive: truth(yield* property("config_drive")) ? (true as const) : undefined,
    diskConfig: yield* text("diskConfig"),
    personality: personality(isObject(files) ? files : {}),
    adminPass: yield* text("admin_pass"),
  };
}

const textIn = (value: Json): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

const encoded = (text: string): string =>
  text === "" ? "" : b64encode(utf8ToBytes(wellFormed(text)));

const personality = (files: JsonObject): JsonObject[] =>
  Object.keys(files)
    .sort()
    .map((path) => ({ path, contents: encoded(str(files[path] ?? null)) }));
