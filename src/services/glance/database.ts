/**
 * Glance's database: images, and what belongs to each. An image's id is in the column `uuid`; on the
 * wire it is `id`. Upstream: glance/db/sqlalchemy/models.py.
 */
import { lastChange, Table, type Row, type RowHistory } from "../../framework/index.js";
import type { Kernel, Micros } from "../../kernel/index.js";
import type { JsonObject } from "../../python/index.js";

/** other-services §2.2. */
export type ImageStatus = "queued" | "saving" | "active" | "killed" | "deleted" | "pending_delete";

export interface ImageColumns {
  readonly uuid: string;
  readonly name: string | null;
  readonly status: ImageStatus;
  /** Bytes. */
  readonly size: number | null;
  /** Of what is within the format; nothing sets it in Juno. */
  readonly virtual_size: number | null;
  readonly checksum: string | null;
  readonly disk_format: string | null;
  readonly container_format: string | null;
  /** GB. */
  readonly min_disk: number;
  /** MB. */
  readonly min_ram: number;
  readonly owner: string | null;
  readonly is_public: boolean;
  readonly protected: boolean;
}

export interface ImageProperty {
  readonly image_id: string;
  readonly name: string;
  readonly value: string | null;
}

export interface ImageLocation {
  readonly image_id: string;
  readonly value: string;
  /** Null stands for an empty one. */
  readonly meta_data: JsonObject | null;
  readonly status: "active" | "pending_delete" | "deleted";
}

export interface ImageMember {
  readonly image_id: string;
  /** The tenant that it is shared with. */
  readonly member: string;
  readonly can_share: boolean;
  readonly status: "pending" | "accepted" | "rejected";
}

export interface ImageTag {
  readonly image_id: string;
  readonly value: string;
}

export type TaskStatus = "pending" | "processing" | "success" | "failure";

export interface TaskColumns {
  readonly uuid: string;
  readonly type: string;
  readonly status: TaskStatus;
  readonly owner: string;
  /** From its end on. */
  readonly expires_at: string | null;
}

export interface TaskInfo {
  readonly task_id: string;
  readonly input: JsonObject;
  readonly result: JsonObject | null;
  readonly message: string;
}

export type ImageRow = Row<ImageColumns>;

export class GlanceDatabase {
  readonly kernel: Kernel;
  readonly images: Table<ImageColumns>;
  readonly properties: Table<ImageProperty>;
  readonly locations: Table<ImageLocation>;
  readonly members: Table<ImageMember>;
  readonly tags: Table<ImageTag>;
  readonly tasks: Table<TaskColumns>;
  readonly taskInfo: Table<TaskInfo>;
  /** When images got the status that they have. */
  readonly imageStatus: RowHistory<ImageColumns, Micros>;

  constructor(kernel: Kernel) {
    const project = "glance";
    const indexes = ["image_id"] as const;
    this.kernel = kernel;
    this.images = new Table(kernel, { project, name: "images", key: "uuid" });
    this.properties = new Table(kernel, { project, name: "image_properties", indexes });
    this.locations = new Table(kernel, { project, name: "image_locations", indexes });
    this.members = new Table(kernel, { project, name: "image_members", indexes });
    this.tags = new Table(kernel, { project, name: "image_tags", indexes });
    this.tasks = new Table(kernel, { project, name: "tasks", key: "uuid" });
    this.taskInfo = new Table(kernel, { project, name: "task_info", indexes: ["task_id"] });
    this.imageStatus = lastChange(kernel, this.images, "status");
  }
}
