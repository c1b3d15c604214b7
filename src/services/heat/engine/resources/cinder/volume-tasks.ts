/**
 * Tasks by which volumes are attached, detached and made larger. Upstream:
 * heat/engine/resources/volume.py (VolumeAttachTask, VolumeDetachTask, VolumeExtendTask) at 2014.2.
 */
import { endStep, type Op, type Stepped } from "../../../../../kernel/index.js";
import { str, textOf, type JsonObject } from "../../../../../python/index.js";
import type { Clients } from "../../../clients/index.js";
import { exceptionOf } from "../../scheduler/task.js";
import { HeatError, ResourceUnknownStatus } from "../errors.js";
import type { EngineParts } from "../stack-view.js";

/** What a task needs of its resource's stack. */
export interface VolumeTaskParts {
  readonly clients: Clients;
  readonly log: EngineParts["log"];
}

const statusOf = (volume: JsonObject): string => str(volume["status"] ?? null);

/** Attach a volume to a server. @param attached takes the attachment's id */
export function* attachTask(
  { clients, log }: VolumeTaskParts,
  server: string,
  volume: string,
  device: string | null,
  attached: (id: string) => void,
): Stepped {
  const name = `Attaching Volume ${volume} to Instance ${server} as ${str(device)}`;
  const nova = yield* clients.nova.client();
  const attachment = yield* nova.volumes.attach(server, volume, device);
  attached(textOf(attachment, "id"));
  yield* endStep();
  const { volumes } = yield* clients.cinder.client();
  let status = statusOf(yield* volumes.get(volume));
  while (status === "available" || status === "attaching") {
    log("debug", `${name} - volume status: ${status}`);
    yield* endStep();
    status = statusOf(yield* volumes.get(volume));
  }
  if (status !== "in-use") {
    log("info", `Attachment failed - volume ${volume} is in ${status} status`);
    throw new ResourceUnknownStatus("Volume attachment failed", status);
  }
  log("info", `${name} - complete`);
}

/** Detach a volume from a server, until Nova knows that it is. */
export function* detachTask(parts: VolumeTaskParts, server: string, attachment: string): Stepped {
  const { clients, log } = parts;
  const name = `Removing attachment ${attachment} from Instance ${server}`;
  const nova = yield* clients.nova.client();
  const id = yield* attachedVolume(parts, server, attachment);
  if (id === undefined) return;
  const { volumes } = yield* clients.cinder.client();
  let status = statusOf(id.volume);
  try {
    yield* nova.volumes.detach(server, attachment);
  } catch (error) {
    if (!clients.nova.isNotFound(error) && !clients.nova.isBadRequest(error)) throw error;
  }
  yield* endStep();
  try {
    while (status === "in-use" || status === "detaching") {
      log("debug", `${name} - volume still in use`);
      yield* endStep();
      status = statusOf(yield* volumes.get(id.id));
    }
    log("info", `${name} - status: ${status}`);
    if (status !== "available") {
      log("info", `Detachment failed - volume ${id.id} is in ${status} status`);
      throw new ResourceUnknownStatus("Volume detachment failed", status);
    }
  } catch (error) {
    if (!clients.cinder.isNotFound(error)) throw error;
  }
  // Cinder may be done with it before Nova is.
  while (yield* hasAttachment(parts, server, attachment)) {
    log("info", `Server ${server} still has attachment ${attachment}.`);
    yield* endStep();
  }
  log("info", `Volume ${id.id} is detached from server ${server}`);
}

/** The volume of an attachment; undefined where there is nothing to detach. */
function* attachedVolume(
  { clients }: VolumeTaskParts,
  server: string,
  attachment: string,
): Op<{ readonly id: string; readonly volume: JsonObject } | undefined> {
  const { nova, cinder } = clients;
  try {
    const found = yield* (yield* nova.client()).volumes.attachment(server, attachment);
    const id = textOf(found, "id");
    return { id, volume: yield* (yield* cinder.client()).volumes.get(id) };
  } catch (error) {
    const gone = cinder.isNotFound(error) || nova.isNotFound(error) || nova.isBadRequest(error);
    if (gone) return undefined;
    throw error;
  }
}

function* hasAttachment(
  { clients: { nova } }: VolumeTaskParts,
  server: string,
  attachment: string,
): Op<boolean> {
  try {
    yield* (yield* nova.client()).volumes.attachment(server, attachment);
    return true;
  } catch (error) {
    if (nova.isNotFound(error)) return false;
    throw error;
  }
}

/** Make a volume larger. @param size GB */
export function* extendTask(
  { clients: { cinder }, log }: VolumeTaskParts,
  id: string,
  size: number,
): Stepped {
  const name = `Resizing volume ${id} to size ${String(size)}`;
  const { volumes } = yield* cinder.client();
  yield* volumes.get(id);
  try {
    yield* volumes.extend(id, size);
  } catch (thrown) {
    const error = yield* exceptionOf(thrown);
    if (!cinder.isClientException(error)) throw error;
    throw new HeatError(`Failed to extend volume ${id} - ${error.message}`);
  }
  yield* endStep();
  let status = statusOf(yield* volumes.get(id));
  while (status === "extending") {
    yield* endStep();
    status = statusOf(yield* volumes.get(id));
  }
  if (status !== "available") {
    log("info", `Resize failed: Volume ${id} is in ${status} state.`);
    throw new ResourceUnknownStatus("Volume resize failed", status);
  }
  log("info", `${name} - complete`);
}
