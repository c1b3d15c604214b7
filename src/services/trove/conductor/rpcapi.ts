/**
 * The contract of topic `trove-conductor`, by which guests write what they know into the database. Upstream:
 * trove/conductor/api.py (1.0), trove/conductor/manager.py at 2014.2.
 */
import { cast, defineRpcApi, otherwise, required } from "../../../bus/index.js";
import { dictLike, type JsonObject } from "../../../python/index.js";

export const CONDUCTOR_TOPIC = "trove-conductor";

/** What a guest says of a backup: its id, and columns. */
export interface BackupUpdate extends JsonObject {
  readonly instance_id: string;
  readonly backup_id: string;
  /** Seconds since 1970. */
  readonly sent: number | null;
}

export const conductorApi = defineRpcApi({
  topic: CONDUCTOR_TOPIC,
  version: "1.0",
  methods: {
    heartbeat: cast<{
      instance_id: string;
      payload: { service_status?: string };
      sent: number | null;
    }>(undefined, {
      instance_id: required(),
      payload: required(dictLike()),
      sent: otherwise(null),
    }),
    update_backup: cast<BackupUpdate>(),
    report_root: cast<{ instance_id: string; user: string }>(undefined, {
      instance_id: required(),
      user: required(),
    }),
  },
});
