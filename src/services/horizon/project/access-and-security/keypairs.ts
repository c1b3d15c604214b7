/**
 * The tab of key pairs, and the forms that make and import one. Making one is asked for by the page that a browser is led to, which
 * has the private key downloaded. Upstream: openstack_dashboard/dashboards/project/access_and_security/keypairs/tables.py,
 * forms.py, views.py at 2014.2.
 */
import { respond } from "../../../../http/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { slug, textOf, type JsonObject } from "../../../../python/index.js";
import { novaClient } from "../../api/nova.js";
import { textIn, type Field } from "../../forms/field.js";
import type { ModalForm } from "../../forms/modal-form.js";
import { counted, type Action, type ActionText } from "../../tables/action.js";
import type { TableView } from "../../tables/view.js";
import { quotaUsages } from "../../usage/quotas.js";
import type { Answer } from "../../web/answer.js";
import { listed, required } from "../../web/attempts.js";
import { handle } from "../../web/exceptions.js";
import type { HorizonRequest } from "../../web/request.js";
import { ACCESS_URL, KEYPAIRS_URL } from "./addresses.js";

const remove: Action<JsonObject> = {
  kind: "batch",
  name: "delete",
  present: counted("Delete Key Pair"),
  past: counted("Deleted Key Pair"),
  act: (request, name) => novaClient(request).keypairs.delete(name),
};

/** @param count how many there are, which is held against the quota itself */
const create = (count: () => number): Action<JsonObject> => ({
  kind: "link",
  name: "create",
  text: "Create Key Pair",
  modal: true,
  href: () => `${KEYPAIRS_URL}create/`,
  *allowed(request): Op<boolean | ActionText> {
    const { key_pairs: quota = Infinity } = yield* quotaUsages(request);
    const over = quota > 0 && quota <= count();
    return over ? { text: "Create Key Pair (Quota exceeded)", disabled: true } : true;
  },
});

export function keypairsView(): Omit<TableView<JsonObject>, "title"> {
  let rows: readonly JsonObject[] = [];
  return {
    *load(request) {
      rows = yield* listed(request, "Unable to retrieve key pair list.", () =>
        novaClient(request).keypairs.all(),
      );
      return { rows };
    },
    spec: {
      name: "keypairs",
      title: "Key Pairs",
      id: (key) => textOf(key, "name"),
      display: (key) => textOf(key, "name"),
      columns: [
        { header: "Key Pair Name", cell: (key) => textOf(key, "name") },
        { header: "Fingerprint", cell: (key) => textOf(key, "fingerprint") },
      ],
      tableActions: [
        create(() => rows.length),
        {
          kind: "link",
          name: "import",
          text: "Import Key Pair",
          modal: true,
          href: () => `${KEYPAIRS_URL}import/`,
        },
        remove,
      ],
      rowActions: [remove],
    },
  };
}

const NAME: Field = {
  kind: "text",
  name: "name",
  label: "Key Pair Name",
  required: true,
  longest: 255,
  pattern: {
    regex: /^[\p{L}\p{N}_\- ]+$/u,
    text: "Key pair name may only contain letters, numbers, underscores, spaces and hyphens.",
  },
};

export const createKeypair: ModalForm = {
  title: "Create Key Pair",
  submit: "Create Key Pair",
  successUrl: (cleaned) =>
    `${KEYPAIRS_URL}${encodeURIComponent(textIn(cleaned, "name"))}/download/`,
  *fields() {
    return [NAME];
  },
  *handle() {
    return true;
  },
};

export const importKeypair: ModalForm = {
  title: "Import Key Pair",
  submit: "Import Key Pair",
  successUrl: ACCESS_URL,
  *fields() {
    return [NAME, { kind: "text", name: "public_key", label: "Public Key", required: true }];
  },
  *handle(request, cleaned, errors) {
    const name = textIn(cleaned, "name");
    try {
      const key = textIn(cleaned, "public_key").replaceAll(/[\r\n]/gu, "");
      yield* novaClient(request).keypairs.add(name, key);
      request.message("success", `Successfully imported public key: ${name}`);
      return true;
    } catch (thrown) {
      handle(request, yield* caught(thrown), undefined, { ignore: true });
      errors.set("", ["Unable to import key pair."]);
      return false;
    }
  },
};

/** The page whose script asks for the key at once. */
export const downloadPage = (name: string): Answer => ({
  kind: "page",
  title: "Download Key Pair",
  location: generateUrl(name),
  *main() {
    const text = `The key pair "${name}" should download automatically. If not use the link below.`;
    return [{ kind: "text", title: "", text }];
  },
});

const generateUrl = (name: string): string =>
  `${KEYPAIRS_URL}${encodeURIComponent(name)}/generate/`;

/** The key pair is made, and its private half is a file. */
export function* generateKeypair(request: HorizonRequest, name: string): Op<Answer> {
  const message = "Unable to create key pair: %(exc)s";
  const key = yield* required(request, message, ACCESS_URL, () =>
    novaClient(request).keypairs.add(name),
  );
  const headers = {
    "content-type": "application/binary",
    "content-disposition": `attachment; filename=${slug(textOf(key, "name"))}.pem`,
  };
  return { kind: "raw", response: respond(200, textOf(key, "private_key"), headers) };
}
