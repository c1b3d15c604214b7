/**
 * The tab of security groups, and the forms for one. Upstream: openstack_dashboard/dashboards/project/access_and_security/security_groups/tables.py,
 * forms.py (CreateGroup, UpdateGroup), views.py at 2014.2.
 */
import { textOf, type JsonObject } from "../../../../python/index.js";
import { networkClient } from "../../api/network.js";
import { neutronClient, securityGroupList } from "../../api/neutron.js";
import { groupNames, rulesOf } from "../../api/security-groups.js";
import { textIn, type Field } from "../../forms/field.js";
import type { ModalForm } from "../../forms/modal-form.js";
import { counted, type Action, type LinkAction } from "../../tables/action.js";
import type { TableView } from "../../tables/view.js";
import { required, succeeded } from "../../web/attempts.js";
import { ACCESS_URL, groupUrl, SECURITY_GROUPS_URL } from "./addresses.js";
import { told } from "./told.js";

const REDIRECT = { redirect: ACCESS_URL };

const link = (
  name: string,
  text: string,
  href: (id: string) => string,
  { modal = true, always = false }: { readonly modal?: boolean; readonly always?: boolean } = {},
): LinkAction<JsonObject> => ({
  kind: "link",
  name,
  text,
  modal,
  href: (group) => href(textOf(group ?? {}, "id")),
  *allowed(_request, group) {
    return always || group?.["name"] !== "default";
  },
});

const deleteGroup: Action<JsonObject> = {
  kind: "batch",
  name: "delete",
  present: counted("Delete Security Group"),
  past: counted("Deleted Security Group"),
  *allowed(_request, group) {
    return group?.["name"] !== "default";
  },
  *act(request, id) {
    yield* networkClient(request);
    yield* neutronClient(request).delete("security_groups", id);
  },
};

export const securityGroupsView: Omit<TableView<JsonObject>, "title"> = {
  *load(request) {
    const rows = yield* told(request, "Unable to retrieve security groups.", function* () {
      yield* networkClient(request);
      return yield* securityGroupList(request);
    });
    return { rows };
  },
  spec: {
    name: "security_groups",
    title: "Security Groups",
    id: (group) => textOf(group, "id"),
    display: (group) => textOf(group, "name"),
    columns: [
      { header: "Name", cell: (group) => textOf(group, "name") },
      { header: "Description", cell: (group) => textOf(group, "description") },
    ],
    tableActions: [
      link("create", "Create Security Group", () => `${SECURITY_GROUPS_URL}create/`, {
        always: true,
      }),
      deleteGroup,
    ],
    rowActions: [
      link("manage_rules", "Manage Rules", groupUrl, { modal: false, always: true }),
      link("edit", "Edit Security Group", (id) => `${groupUrl(id)}update/`),
      deleteGroup,
    ],
  },
};

/** A slug, says Django's validator, and Horizon's words for it are others. */
const SLUG = {
  regex: /^[-a-zA-Z0-9_]+$/u,
  text: "The string may only contain ASCII characters and numbers.",
};

const groupFields = (name: string, description: string): readonly Field[] => [
  {
    kind: "text",
    name: "name",
    label: "Name",
    required: true,
    longest: 255,
    pattern: SLUG,
    initial: name,
  },
  {
    kind: "text",
    name: "description",
    label: "Description",
    required: true,
    initial: description,
  },
];

export const createGroup: ModalForm = {
  title: "Create Security Group",
  submit: "Create Security Group",
  successUrl: ACCESS_URL,
  *fields() {
    return groupFields("", "");
  },
  handle: (request, cleaned) =>
    succeeded(
      request,
      "Unable to create security group.",
      function* () {
        yield* networkClient(request);
        const name = textIn(cleaned, "name");
        const group = { name, description: textIn(cleaned, "description") };
        yield* neutronClient(request).create("security_groups", group);
        request.message("success", `Successfully created security group: ${name}`);
      },
      REDIRECT,
    ),
};

export const updateGroup = (id: string): ModalForm => ({
  title: "Edit Security Group",
  submit: "Edit Security Group",
  successUrl: ACCESS_URL,
  *fields(request) {
    const message = "Unable to retrieve security group.";
    const group = yield* required(request, message, ACCESS_URL, function* () {
      yield* networkClient(request);
      const found = yield* neutronClient(request).show("security_groups", id);
      yield* groupNames(request, id, rulesOf(found));
      return found;
    });
    return [
      { kind: "text", name: "id", label: "Id", required: true, hidden: true, initial: id },
      ...groupFields(textOf(group, "name"), textOf(group, "description")),
    ];
  },
  handle: (request, cleaned) =>
    succeeded(
      request,
      "Unable to update security group.",
      function* () {
        yield* networkClient(request);
        const name = textIn(cleaned, "name");
        const changes = { name, description: textIn(cleaned, "description") };
        yield* neutronClient(request).update("security_groups", id, changes);
        request.message("success", `Successfully updated security group: ${name}`);
      },
      REDIRECT,
    ),
});
