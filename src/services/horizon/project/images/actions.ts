/** What can be done with images, in the order in which it is offered. Upstream: openstack_dashboard/dashboards/project/images/images/tables.py at 2014.2. */
import type { Op } from "../../../../kernel/index.js";
import { bearer, glanceClient, type GlanceImage } from "../../api/glance.js";
import { counted, type Action, type LinkAction } from "../../tables/action.js";
import type { HorizonRequest } from "../../web/request.js";
import { CREATE_URL as CREATE_VOLUME } from "../volumes/addresses.js";

export const IMAGES_URL = "/project/images/";

/** Kernels and ramdisks. */
const NOT_LAUNCHABLE = ["aki", "ari"];

const usable = (image: GlanceImage | undefined): boolean =>
  image?.status === "active" && !NOT_LAUNCHABLE.includes(image.container_format ?? "");

const LAUNCH_URL = "/project/instances/launch";

const sourceType = (image: GlanceImage | undefined): string =>
  (image?.properties["image_type"] ?? "image") === "image" ? "image_id" : "instance_snapshot_id";

const isOwn = ({ user }: HorizonRequest, image: GlanceImage | undefined): boolean =>
  image?.owner === user.tenantId;

const link = (
  name: string,
  text: string,
  href: (id: string, image: GlanceImage | undefined) => string,
  allowed: (request: HorizonRequest, image: GlanceImage | undefined) => boolean,
): LinkAction<GlanceImage> => ({
  kind: "link",
  name,
  text,
  modal: true,
  href: (image) => href(image?.id ?? "", image),
  *allowed(request, image) {
    return allowed(request, image);
  },
});

const deleteImage: Action<GlanceImage> = {
  kind: "batch",
  name: "delete",
  present: counted("Delete Image"),
  past: counted("Deleted Image"),
  *allowed(request, image): Op<boolean> {
    // For the table there is no image to be protected or somebody else's.
    return image === undefined || (!image.protected && isOwn(request, image));
  },
  act: (request, id) => glanceClient(request).delete(bearer(request), id),
};

export const tableActions: readonly Action<GlanceImage>[] = [
  link(
    "create",
    "Create Image",
    () => `${IMAGES_URL}create/`,
    () => true,
  ),
  deleteImage,
];

export const rowActions: readonly Action<GlanceImage>[] = [
  link(
    "launch_image",
    "Launch",
    (id, image) => `${LAUNCH_URL}?source_type=${sourceType(image)}&source_id=${id}`,
    (_request, image) => usable(image),
  ),
  link(
    "create_volume_from_image",
    "Create Volume",
    (id) => `${CREATE_VOLUME}?image_id=${id}`,
    ({ user }, image) => user.serviceEnabled("volume") && usable(image),
  ),
  link(
    "edit",
    "Edit",
    (id) => `${IMAGES_URL}${id}/update/`,
    (request, image) => image?.status === "active" && isOwn(request, image),
  ),
  deleteImage,
];
