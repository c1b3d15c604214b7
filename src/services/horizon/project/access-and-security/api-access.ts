/** The tab of endpoints, which asks nobody: they are in the token; and the file that sets a shell up. Upstream: openstack_dashboard/dashboards/project/access_and_security/api_access/tables.py, views.py, openrc.sh.template at 2014.2. */
import { respond } from "../../../../http/index.js";
import { textOf, type JsonObject } from "../../../../python/index.js";
import { endpointsOf } from "../../auth/user.js";
import { urlFor } from "../../api/base.js";
import { titled } from "../../text.js";
import type { TableView } from "../../tables/view.js";
import type { Answer } from "../../web/answer.js";
import type { HorizonRequest } from "../../web/request.js";
import { API_ACCESS_URL } from "./addresses.js";

interface Row {
  readonly service: JsonObject;
  readonly url: string | null;
}

/** `ec2` and `s3` are names of their own. */
const pretty = (type: string): string =>
  ["ec2", "s3"].includes(type) ? type.toUpperCase() : titled(type.replaceAll("-", " "));

export const endpointsView: Omit<TableView<Row>, "title"> = {
  *load({ user }) {
    const rows = user.token.serviceCatalog.map((service): Row => {
      const endpoint = endpointsOf(service).find(
        ({ region }) => textOf(service, "type") === "identity" || region === user.servicesRegion,
      );
      return { service, url: endpoint === undefined ? null : textOf(endpoint, "publicURL") };
    });
    return { rows };
  },
  spec: {
    name: "endpoints",
    title: "API Endpoints",
    id: ({ service }) => textOf(service, "type"),
    display: ({ service }) => textOf(service, "type"),
    columns: [
      { header: "Service", cell: ({ service }) => pretty(textOf(service, "type")) },
      { header: "Service Endpoint", cell: ({ url }) => url },
    ],
    tableActions: [
      {
        kind: "link",
        name: "download_openrc",
        text: "Download OpenStack RC File",
        href: () => `${API_ACCESS_URL}openrc/`,
      },
    ],
  },
};

/** What a person sources before they type commands; the password is asked for. */
export function openRc(request: HorizonRequest): Answer {
  const { user } = request;
  const project = user.token.project.name ?? "";
  const text = [
    "#!/bin/bash",
    `export OS_AUTH_URL=${urlFor(request, "identity")}`,
    `export OS_TENANT_ID=${user.tenantId}`,
    `export OS_TENANT_NAME="${project}"`,
    `export OS_USERNAME="${user.username}"`,
    'echo "Please enter your OpenStack Password: "',
    "read -sr OS_PASSWORD_INPUT",
    "export OS_PASSWORD=$OS_PASSWORD_INPUT",
    `export OS_REGION_NAME="${user.servicesRegion ?? ""}"`,
    'if [ -z "$OS_REGION_NAME" ]; then unset OS_REGION_NAME; fi',
  ].join("\n");
  const headers = {
    "content-type": "text/plain",
    "content-disposition": `attachment; filename="${project}-openrc.sh"`,
  };
  return { kind: "raw", response: respond(200, text, headers) };
}
