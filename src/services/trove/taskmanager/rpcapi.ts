/**
 * The contract of topic `taskmanager`: what the API hands over, all of it casts. Upstream:
 * trove/taskmanager/api.py (1.0), trove/taskmanager/manager.py, trove/common/strategies/mongodb/taskmanager.py
 * at 2014.2.
 */
import { cast, defineRpcApi, required } from "../../../bus/index.js";
import { anything, dictLike, type Json, type JsonObject } from "../../../python/index.js";
import type { BackupInfo, GuestDatabase, GuestUser } from "../guestagent/rpcapi.js";

/** A flavor as novaclient has it, in full. */
export interface FlavorOnWire extends JsonObject {
  readonly id: string;
  readonly ram: number;
}

export interface CreateInstance {
  readonly instance_id: string;
  readonly name: string;
  readonly flavor: FlavorOnWire;
  readonly image_id: string;
  readonly databases: readonly GuestDatabase[];
  readonly users: readonly GuestUser[];
  readonly datastore_manager: string;
  readonly packages: string;
  readonly volume_size: number | null;
  readonly backup_id: string | null;
  readonly availability_zone: string | null;
  readonly root_password: string | null;
  readonly nics: readonly JsonObject[];
  readonly overrides: JsonObject;
  readonly slave_of_id: string | null;
  readonly cluster_config: Json;
}

const must = required();
const flavor = required(dictLike({ id: anything, ram: anything }));
const instance = { instance_id: must };

export const taskManagerApi = defineRpcApi({
  topic: "taskmanager",
  version: "1.0",
  methods: {
    create_instance: cast<CreateInstance>(undefined, {
      instance_id: must,
      name: must,
      flavor,
      image_id: must,
      databases: must,
      users: must,
      datastore_manager: must,
      packages: must,
      volume_size: must,
      backup_id: must,
      availability_zone: must,
      root_password: must,
      nics: must,
      overrides: must,
      slave_of_id: must,
      cluster_config: must,
    }),
    delete_instance: cast<{ instance_id: string }>(undefined, instance),
    restart: cast<{ instance_id: string }>(undefined, instance),
    reboot: cast<{ instance_id: string }>(undefined, instance),
    detach_replica: cast<{ instance_id: string }>(undefined, instance),
    resize_volume: cast<{ new_size: number; instance_id: string }>(undefined, {
      new_size: must,
      instance_id: must,
    }),
    resize_flavor: cast<{
      instance_id: string;
      old_flavor: FlavorOnWire;
      new_flavor: FlavorOnWire;
    }>(undefined, { instance_id: must, old_flavor: flavor, new_flavor: flavor }),
    migrate: cast<{ instance_id: string; host: string | null }>(undefined, {
      instance_id: must,
      host: must,
    }),
    create_backup: cast<{ backup_info: BackupInfo; instance_id: string }>(undefined, {
      backup_info: required(dictLike({ id: anything })),
      instance_id: must,
    }),
    create_cluster: cast<{ cluster_id: string }>(undefined, { cluster_id: must }),
    delete_cluster: cast<{ cluster_id: string }>(undefined, { cluster_id: must }),
    mongodb_add_shard_cluster: cast<{
      cluster_id: string;
      shard_id: string;
      replica_set_name: string;
    }>(undefined, { cluster_id: must, shard_id: must, replica_set_name: must }),
    delete_backup: cast<{ backup_id: string }>(undefined, { backup_id: must }),
    update_overrides: cast<{ instance_id: string; overrides: JsonObject }>(undefined, {
      instance_id: must,
      overrides: required(dictLike()),
    }),
    unassign_configuration: cast<{
      instance_id: string;
      flavor: FlavorOnWire;
      configuration_id: string;
    }>(undefined, { instance_id: must, flavor, configuration_id: must }),
  },
});
