/**
 * What can be chosen for a server, each list with the words for when it is empty or cannot be had. Upstream:
 * openstack_dashboard/dashboards/project/instances/workflows/create_instance.py (populate_*),
 * openstack_dashboard/dashboards/project/instances/utils.py, openstack_dashboard/dashboards/project/images/utils.py
 * (get_available_images) at 2014.2.
 */
import { caught, type Op } from "../../../../kernel/index.js";
import { isObject, textOf, type JsonObject } from "../../../../python/index.js";
import { imageList, type GlanceImage } from "../../api/glance.js";
import { flavorList, novaClient, type NovaFlavor } from "../../api/nova.js";
import type { Choice } from "../../forms/field.js";
import { listed } from "../../web/attempts.js";
import { handle } from "../../web/exceptions.js";
import type { HorizonRequest } from "../../web/request.js";

/** `choices` below the words that nothing has been chosen, or that there is nothing. */
export const choose = (
  choices: readonly Choice[],
  some: string,
  none: string,
): readonly Choice[] => [["", choices.length > 0 ? some : none], ...choices];

const byText = (a: Choice, b: Choice): number => (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0);

export const sortedByText = (choices: readonly Choice[]): Choice[] => choices.toSorted(byText);

export const flavors = (request: HorizonRequest): Op<readonly NovaFlavor[]> =>
  listed(request, "Unable to retrieve instance flavors.", () => flavorList(request));

/** By memory, the smallest first. */
export const flavorChoices = (list: readonly NovaFlavor[]): Choice[] =>
  list.toSorted((a, b) => a.ram - b.ram).map(({ id, name }) => [id, name]);

export function* zoneChoices(request: HorizonRequest): Op<readonly Choice[]> {
  const zones = yield* listed(request, "Unable to retrieve availability zones.", () =>
    novaClient(request).availabilityZones(false),
  );
  const names = zones.filter(isAvailable).map((zone) => textOf(zone, "zoneName"));
  const choices = sortedByText(names.map((name) => [name, name]));
  if (choices.length === 0) return [["", "No availability zones found"]];
  return choices.length > 1 ? [["", "Any Availability Zone"], ...choices] : choices;
}

function isAvailable({ zoneState }: JsonObject): boolean {
  return isObject(zoneState) && zoneState["available"] === true;
}

/** Images that a server can be booted from, kept for the form: what fails is asked for again. */
export class AvailableImages {
  #public: readonly GlanceImage[] | undefined;
  #own: readonly GlanceImage[] | undefined;

  *list(request: HorizonRequest): Op<readonly GlanceImage[]> {
    try {
      this.#public ??= yield* imageList(request, { is_public: "True", status: "active" });
    } catch (thrown) {
      handle(request, yield* caught(thrown), "Unable to retrieve public images.");
    }
    try {
      this.#own ??= yield* imageList(request, {
        "property-owner_id": request.user.tenantId,
        status: "active",
      });
    } catch (thrown) {
      const message = "Unable to retrieve images for the current project.";
      handle(request, yield* caught(thrown), message);
    }
    const found = new Map<string, GlanceImage>();
    for (const image of [...(this.#own ?? []), ...(this.#public ?? [])]) {
      if (!found.has(image.id)) found.set(image.id, image);
    }
    return [...found.values()].filter(
      ({ container_format }) => !["aki", "ari"].includes(container_format ?? ""),
    );
  }
}

export const imageText = ({ name, id }: GlanceImage): string => name ?? id;

/** `<id>:vol`, `web-root - 1 GB (Volume)`. */
export function volumeChoice(volume: JsonObject, type: "vol" | "snap"): Choice {
  const name = textOf(volume, "display_name");
  const id = textOf(volume, "id");
  const words = type === "vol" ? "Volume" : "Snapshot";
  const size = textOf(volume, "size");
  return [`${id}:${type}`, `${name === "" || name === "None" ? id : name} - ${size} GB (${words})`];
}
