/**
 * Launch Instance. Upstream: openstack_dashboard/dashboards/project/instances/workflows/create_instance.py (LaunchInstance) at
 * 2014.2; novaclient/v1_1/servers.py (_boot) at 2.20.0. The step Project & User is hidden from everybody.
 */
import { utf8ToBytes } from "@noble/hashes/utils.js";
import type { Op } from "../../../../../kernel/index.js";
import { b64encode, type Json, type JsonObject } from "../../../../../python/index.js";
import { novaClient } from "../../../api/nova.js";
import type { Cleaned } from "../../../forms/field.js";
import type { Workflow } from "../../../forms/workflow.js";
import type { HorizonRequest } from "../../../web/request.js";
import { details } from "./details.js";
import { accessControls, advanced, networking, postCreation } from "./steps.js";

const text = (value: Cleaned[string] | undefined): string =>
  typeof value === "string" ? value : "";

const list = (value: Cleaned[string] | undefined): readonly string[] =>
  typeof value === "object" && value !== null ? value : [];

/** `instance named "web"`, `2 instances named "web"`. */
function named({ count, name }: Cleaned): string {
  const many = Number(count);
  return `${many === 1 ? "instance" : `${String(many)} instances`} named "${text(name)}".`;
}

/** A workflow holds what its form has been told: each request has its own. */
export const launchInstance = (): Workflow => ({
  title: "Launch Instance",
  submit: "Launch",
  successUrl: "/project/instances/",
  success: (cleaned) => `Launched ${named(cleaned)}`,
  failure: (cleaned) => `Unable to launch ${named(cleaned)}`,
  steps: [details(), accessControls, networking, postCreation, advanced(true)],
  *handle(request, cleaned): Op<boolean> {
    yield* novaClient(request).createServer({ server: bodyOf(request, cleaned) });
    return true;
  },
});

function bodyOf(request: HorizonRequest, cleaned: Cleaned): JsonObject {
  const { count } = cleaned;
  const sourceType = text(cleaned["source_type"]);
  const image = sourceType === "image_id" || sourceType === "instance_snapshot_id";
  const server: Record<string, Json> = {
    name: text(cleaned["name"]),
    imageRef: image ? text(cleaned[sourceType]) : "",
    flavorRef: text(cleaned["flavor"]),
  };
  const script = text(cleaned["script_data"]).replace(/\r\n?/gu, "\n");
  if (script !== "") server["user_data"] = b64encode(utf8ToBytes(script));
  const key = text(cleaned["keypair"]);
  if (key !== "") server["key_name"] = key;
  if (cleaned["config_drive"] === true) server["config_drive"] = true;
  server["min_count"] = server["max_count"] = Number(count);
  server["security_groups"] = request.post.getAll("groups").map((name) => ({ name }));
  const zone = text(cleaned["availability_zone"]);
  if (zone !== "") server["availability_zone"] = zone;
  Object.assign(server, devicesOf(cleaned, sourceType));
  const networks = list(cleaned["network"]);
  if (networks.length > 0) server["networks"] = networks.map((uuid) => ({ uuid }));
  if (cleaned["disk_config"] !== undefined) {
    server["OS-DCF:diskConfig"] = text(cleaned["disk_config"]);
  }
  return server;
}

/** Volumes that exist by the first form of block devices, one that is to be made by the second. */
function devicesOf(cleaned: Cleaned, sourceType: string): JsonObject {
  const device_name = text(cleaned["device_name"]);
  const goes = cleaned["delete_on_terminate"] === true ? 1 : 0;
  if (sourceType === "volume_id" || sourceType === "volume_snapshot_id") {
    const [uuid = "", source_type = ""] = text(cleaned[sourceType]).split(":");
    const of = source_type === "snap" ? { snapshot_id: uuid } : { volume_id: uuid };
    const device = {
      device_name,
      uuid,
      boot_index: 0,
      source_type,
      ...of,
      delete_on_termination: String(goes),
    };
    return { block_device_mapping: [device] };
  }
  if (sourceType !== "volume_image_id") return {};
  const device = {
    device_name,
    source_type: "image",
    destination_type: "volume",
    delete_on_termination: goes,
    uuid: text(cleaned["image_id"]),
    boot_index: "0",
    volume_size: Number(cleaned["volume_size"]),
  };
  return { block_device_mapping_v2: [device] };
}
