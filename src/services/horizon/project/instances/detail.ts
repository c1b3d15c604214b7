/**
 * The page of one server: Overview, Log, Console, Action Log. All but the first are loaded when they are clicked, together with the
 * whole server again. Upstream: openstack_dashboard/dashboards/project/instances/views.py (DetailView), tabs.py, console.py,
 * audit_tables.py at 2014.2.
 */
import { respond } from "../../../../http/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { isObject, textOf, type Json, type JsonObject } from "../../../../python/index.js";
import { volumeGet, nameOf } from "../../api/cinder.js";
import { flavorGet, novaClient, novaRequest, serverGet } from "../../api/nova.js";
import type { NovaServer } from "../../api/nova.js";
import { serverGroups } from "../../api/security-groups.js";
import type { Answer } from "../../web/answer.js";
import { tableTab, type Tab, type TabGroup } from "../../tabs/tabs.js";
import { bound } from "../../tables/view.js";
import { handle, Http302 } from "../../web/exceptions.js";
import { listed } from "../../web/attempts.js";
import type { HorizonRequest } from "../../web/request.js";
import { overviewParts, type Detail } from "./detail-overview.js";
import { addressesOf, imageName } from "./rows.js";

/** @param index where the person is sent if there is no such server */
export function* instanceDetail(
  request: HorizonRequest,
  id: string,
  index = "/project/instances/",
): Op<TabGroup> {
  const detail = yield* detailOf(request, id, index);
  return {
    slug: "instance_details",
    title: `Instance Details: ${detail.server.name}`,
    sticky: true,
    tabs: [overview(detail), log(id), console(detail.server), audit(id)],
  };
}

function* detailOf(request: HorizonRequest, id: string, index: string): Op<Detail> {
  try {
    const server = yield* serverGet(request, id);
    const volumes = yield* volumesOf(request, id);
    const flavor = yield* flavorGet(request, server.flavor.id);
    const groups = yield* serverGroups(request, id);
    const found = yield* addressesOf(request, [server]);
    return {
      server,
      volumes,
      flavor,
      groups,
      addresses: found?.get(id) ?? server.addresses,
    };
  } catch (thrown) {
    const error = yield* caught(thrown);
    const message = `Unable to retrieve details for instance "${id}".`;
    handle(request, error, message, { redirect: index });
    // A refused token leads away as well, here.
    throw new Http302(index);
  }
}

function* volumesOf(request: HorizonRequest, id: string): Op<Detail["volumes"]> {
  const path = `/servers/${id}/os-volume_attachments`;
  const { body } = yield* novaRequest(request, "GET", path);
  const list = isObject(body) ? body["volumeAttachments"] : undefined;
  const volumes: { name: string; device: string }[] = [];
  for (const one of Array.isArray(list) ? (list as readonly Json[]).filter(isObject) : []) {
    const volume = yield* volumeGet(request, textOf(one, "id"));
    volumes.push({ name: nameOf(volume), device: textOf(one, "device") });
  }
  return volumes.sort((a, b) => (a.device < b.device ? -1 : a.device > b.device ? 1 : 0));
}

const overview = (detail: Detail): Tab => ({
  slug: "overview",
  name: "Overview",
  *load(request) {
    const { server } = detail;
    return function* () {
      const image = server.image === "" ? "None" : yield* imageName(request, { server });
      return overviewParts(detail, image);
    };
  },
});

const log = (id: string): Tab => ({
  slug: "log",
  name: "Log",
  preload: false,
  *load(request) {
    let text: string;
    try {
      text = yield* consoleOutput(request, id, 35);
    } catch (thrown) {
      handle(request, yield* caught(thrown), undefined, { ignore: true });
      text = `Unable to get log for instance "${id}".`;
    }
    return function* () {
      return [{ kind: "text", title: "Instance Console Log", text }];
    };
  },
});

function* consoleOutput(
  request: HorizonRequest,
  id: string,
  length: number | string | null,
): Op<string> {
  const sent = { "os-getConsoleOutput": { length } };
  const { body } = yield* novaRequest(request, "POST", `/servers/${id}/action`, sent);
  return isObject(body) ? textOf(body, "output") : "";
}

/** The whole log as a file. Upstream: views.py (console). */
export function* consolePage(request: HorizonRequest, id: string): Op<Answer> {
  let text: string;
  try {
    text = yield* consoleOutput(request, id, request.query.get("length") ?? null);
  } catch (thrown) {
    handle(request, yield* caught(thrown), undefined, { ignore: true });
    text = `Unable to get log for instance "${id}".`;
  }
  return { kind: "raw", response: respond(200, text, { "content-type": "text/plain" }) };
}

const CONSOLES = [
  ["os-getVNCConsole", "novnc"],
  ["os-getSPICEConsole", "spice-html5"],
  ["os-getRDPConsole", "rdp-html5"],
] as const;

const console = ({ id, name }: NovaServer): Tab => ({
  slug: "console",
  name: "Console",
  preload: false,
  *load(request) {
    const url = yield* consoleUrl(request, id, name);
    return function* () {
      const text = url ?? "console is currently unavailable. Please try again later.";
      return [{ kind: "text", title: "Instance Console", text }];
    };
  },
});

/** Of the first console that there is; whatever fails, the next one is asked for. */
function* consoleUrl(request: HorizonRequest, id: string, name: string): Op<string | undefined> {
  for (const [action, type] of CONSOLES) {
    try {
      const sent = { [action]: { type } };
      const { body } = yield* novaRequest(request, "POST", `/servers/${id}/action`, sent);
      const found = isObject(body) ? body["console"] : undefined;
      const title = encodeURIComponent(name).replaceAll("%20", "+");
      if (isObject(found)) return `${textOf(found, "url")}&title=${title}(${id})`;
    } catch (thrown) {
      const error = yield* caught(thrown);
      request.env.log("debug", `Console not available: ${error.message}`);
    }
  }
  return undefined;
}

const audit = (id: string): Tab =>
  tableTab({
    slug: "audit",
    name: "Action Log",
    preload: false,
    table: bound<JsonObject>({
      *load(request) {
        const message = "Unable to retrieve instance action list.";
        const actions = yield* listed(request, message, () =>
          novaClient(request).instanceActions(id),
        );
        const at = (action: JsonObject): string => textOf(action, "start_time");
        return { rows: actions.toSorted((a, b) => (at(a) < at(b) ? 1 : at(a) > at(b) ? -1 : 0)) };
      },
      spec: {
        name: "audit",
        title: "Instance Action List",
        id: (action) => textOf(action, "request_id"),
        display: (action) => textOf(action, "request_id"),
        columns: [
          { header: "Request ID", cell: (action) => textOf(action, "request_id") },
          { header: "Action", cell: (action) => textOf(action, "action") },
          { header: "Start Time", cell: (action) => textOf(action, "start_time") },
          { header: "User ID", cell: (action) => textOf(action, "user_id") },
          {
            header: "Message",
            cell: ({ message }) => (typeof message === "string" ? message : null),
          },
        ],
      },
    }),
  });
