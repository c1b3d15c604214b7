/** Bodies that are right for Cinder, where one is taken: as test/junk/bodies.ts has them for the others. */
import type { Json } from "../../../src/python/index.js";

/** What a body of Cinder's speaks of, by its id. */
export interface VolumeIds {
  readonly volume: string;
  readonly snapshot: string;
  readonly type: string;
  readonly image: string;
  readonly server: string;
}

export function volumeBodies(method: string, path: string, ids: VolumeIds): readonly Json[] {
  const { volume, snapshot, type, image, server } = ids;
  const connector = { host: "compute-1", initiator: "iqn.x", ip: "10.0.0.1", multipath: false };
  const bodies: Readonly<Record<string, readonly Json[]>> = {
    "/volumes": [
      { volume: { size: 1, display_name: "v", name: "v", metadata: { a: "b" } } },
      { volume: { size: "1", volume_type: type, availability_zone: "nova" } },
      { volume: { size: 1, snapshot_id: snapshot } },
      { volume: { size: 1, source_volid: volume } },
      { volume: { size: 1, source_replica: volume, consistencygroup_id: null } },
      {
        volume: { size: 1, imageRef: image },
        "OS-SCH-HNT:scheduler_hints": { same_host: [volume] },
      },
    ],
    "/volumes/{id}": [
      { volume: { display_name: "n", name: "n", description: "d", metadata: { a: "b" } } },
    ],
    "/volumes/{id}/action": [
      { "os-attach": { instance_uuid: server, mountpoint: "/dev/vdb", mode: "rw" } },
      ...["os-detach", "os-reserve", "os-unreserve", "os-begin_detaching", "os-roll_detaching"].map(
        (name): Json => ({ [name]: null }),
      ),
      { "os-initialize_connection": { connector } },
      { "os-terminate_connection": { connector } },
      {
        "os-volume_upload_image": {
          image_name: "i",
          force: true,
          container_format: "bare",
          disk_format: "raw",
        },
      },
      { "os-extend": { new_size: 2 } },
      { "os-update_readonly_flag": { readonly: true } },
      { "os-set_bootable": { bootable: "true" } },
      { "os-reset_status": { status: "available", attach_status: "detached" } },
      { "os-force_delete": null },
      { "os-force_detach": null },
      { "os-migrate_volume_completion": { new_volume: volume, error: false } },
    ],
    "/snapshots": [{ snapshot: { volume_id: volume, name: "s", display_name: "s", force: true } }],
    "/snapshots/{id}": [{ snapshot: { name: "n", display_name: "n", description: "d" } }],
    "/snapshots/{id}/action": [
      { "os-reset_status": { status: "available" } },
      { "os-update_snapshot_status": { status: "available", progress: "50%" } },
      { "os-force_delete": null },
    ],
    "/metadata": [{ metadata: { a: "b", c: "d" } }],
    "/metadata/{key}": [{ meta: { a: "b" } }],
    "/types": [{ volume_type: { name: "t", extra_specs: { a: "b" } } }],
    "/extra_specs": [{ extra_specs: { a: "b" } }],
    "/extra_specs/{key}": [{ a: "c" }],
    "/encryption": [
      { encryption: { provider: "p", cipher: "c", key_size: 128, control_location: "front-end" } },
    ],
    "/encryption/{key}": [{ encryption: { key_size: 256 } }],
    "/qos-specs": [{ qos_specs: { name: "q", consumer: "back-end", a: "b" } }],
    "/qos-specs/{id}": [{ qos_specs: { a: "c", consumer: "both" } }],
    "/delete_keys": [{ keys: ["a"] }],
    "/os-quota-sets/{id}": [{ quota_set: { volumes: 10, gigabytes: "20", snapshots: -1 } }],
    "/os-quota-class-sets/{id}": [{ quota_class_set: { volumes: 10, gigabytes: 20 } }],
    "/os-services/{id}": [
      { host: "controller", binary: "cinder-volume", disabled_reason: "r" },
      { host: "controller", service: "cinder-scheduler" },
    ],
    "/os-hosts/{id}": [{ status: "enable" }],
    "/os-volume-transfer": [{ transfer: { volume_id: volume, name: "t" } }],
    "/accept": [{ accept: { auth_key: "0123456789abcdef" } }],
  };
  const found = Object.keys(bodies).filter((key) => path.endsWith(key));
  return method === "GET" || method === "DELETE" ? [] : found.flatMap((key) => bodies[key] ?? []);
}
