/**
 * The forms of the panel Containers: a container, a folder, an object that is sent or copied. What a file holds is written into the
 * form, since a person here has no files; its name is the object's. Upstream: openstack_dashboard/dashboards/project/containers/forms.py,
 * views.py at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import { caught } from "../../../../kernel/index.js";
import { textOf } from "../../../../python/index.js";
import { containers, copyObject, createContainer, DELIMITER, putObject } from "../../api/swift.js";
import { textIn, type Choice, type Cleaned, type Field } from "../../forms/field.js";
import type { ModalForm } from "../../forms/modal-form.js";
import { required, succeeded } from "../../web/attempts.js";
import { handle, HorizonException, Http302 } from "../../web/exceptions.js";
import type { HorizonRequest } from "../../web/request.js";
import { CONTAINERS_URL, containerUrl } from "./addresses.js";
import { shortName } from "./objects-table.js";

const NO_SLASH = { regex: /^[^/]+$/u, text: "Slash is not an allowed character." };

const named = (name: string, label: string, more: Partial<Field> = {}): Field => ({
  kind: "text",
  name,
  label,
  required: true,
  longest: 255,
  ...more,
});

export const createContainerForm: ModalForm = {
  title: "Create Container",
  submit: "Create Container",
  successUrl: (cleaned) => containerUrl(textIn(cleaned, "name")),
  *fields() {
    return [
      named("name", "Container Name", { pattern: NO_SLASH }),
      {
        kind: "choice",
        name: "access",
        label: "Container Access",
        required: true,
        choices: [
          ["private", "Private"],
          ["public", "Public"],
        ],
        initial: "private",
      },
    ];
  },
  handle: (request, cleaned) =>
    succeeded(request, "Unable to create container.", function* () {
      const isPublic = textIn(cleaned, "access") === "public";
      yield* createContainer(request, textIn(cleaned, "name"), isPublic);
      request.message("success", "Container created successfully.");
    }),
};

const folderField = (folder: string): Field => ({
  kind: "text",
  name: "path",
  label: "",
  hidden: true,
  initial: folder,
});

export const createFolder = (container: string, folder: string): ModalForm => ({
  title: "Create Pseudo-Folder",
  submit: "Create",
  successUrl: containerUrl(container, folder),
  *fields() {
    return [folderField(folder), named("name", "Pseudo-folder Name")];
  },
  handle: (request, cleaned) =>
    succeeded(request, "Unable to create pseudo-folder.", function* () {
      yield* putObject(request, container, `${pathIn(cleaned)}${DELIMITER}`);
      request.message("success", "Pseudo-folder was successfully created.");
    }),
});

export const uploadObject = (container: string, folder: string): ModalForm => ({
  title: "Upload Object To Container",
  submit: "Upload Object",
  successUrl: containerUrl(container, folder),
  *fields() {
    return [
      folderField(folder),
      { kind: "text", name: "object_file", label: "File" },
      named("name", "Object Name"),
    ];
  },
  handle: (request, cleaned) =>
    succeeded(request, "Unable to upload object.", function* () {
      yield* sent(request, container, cleaned);
      request.message("success", "Object was successfully uploaded.");
    }),
});

/** Without a file nothing is done, and nothing said. */
export const updateObject = (container: string, obj: string): ModalForm => {
  const folder = obj.slice(0, obj.length - shortName(obj).length);
  return {
    title: "Edit Object",
    submit: "Update Object",
    successUrl: containerUrl(container, folder),
    *fields() {
      return [
        folderField(folder),
        { kind: "text", name: "object_file", label: "File" },
        named("name", "Object Name", { readonly: true, initial: shortName(obj) }),
      ];
    },
    *handle(request, cleaned) {
      if (textIn(cleaned, "object_file") === "") return true;
      return yield* succeeded(request, "Unable to update object.", function* () {
        yield* sent(request, container, cleaned);
        request.message("success", "Object was successfully updated.");
      });
    },
  };
};

/** `_set_object_path`. */
function pathIn(cleaned: Cleaned): string {
  const folder = textIn(cleaned, "path").replace(/\/+$/u, "");
  return [...(folder === "" ? [] : [folder]), textIn(cleaned, "name")].join(DELIMITER);
}

function sent(request: HorizonRequest, container: string, cleaned: Cleaned): Op<void> {
  const text = textIn(cleaned, "object_file");
  const file = text === "" ? {} : { text, file: textIn(cleaned, "name") };
  return putObject(request, container, pathIn(cleaned), file);
}

export const copyForm = (container: string, obj: string): ModalForm => ({
  title: "Copy Object",
  submit: "Copy Object",
  successUrl: (cleaned) => containerUrl(textIn(cleaned, "new_container_name"), slashed(cleaned)),
  *fields(request): Op<readonly Field[]> {
    const message = "Unable to list containers.";
    const all = yield* required(request, message, CONTAINERS_URL, () => containers(request));
    const names = all.map((one): Choice => [textOf(one, "name"), textOf(one, "name")]);
    const [stem = "", ending = ""] = /^(.+?)(\.[^.]*)?$/u.exec(shortName(obj))?.slice(1) ?? [];
    return [
      {
        kind: "choice",
        name: "new_container_name",
        label: "Destination container",
        required: true,
        choices: names,
        initial: container,
      },
      named("path", "Path", { required: false }),
      named("new_object_name", "Destination object name", {
        pattern: NO_SLASH,
        initial: `${stem}.copy${ending}`,
      }),
    ];
  },
  *handle(request, cleaned): Op<boolean> {
    const to = textIn(cleaned, "new_container_name");
    const name = textIn(cleaned, "new_object_name");
    const path = slashed(cleaned);
    try {
      yield* copyObject(request, [container, obj], [to, `${path}${name}`]);
    } catch (thrown) {
      const error = yield* caught(thrown);
      const back = containerUrl(container);
      if (!(error instanceof HorizonException)) {
        handle(request, error, "Unable to copy object.", { redirect: back });
        return false;
      }
      request.message("error", error.message);
      throw new Http302(back);
    }
    const dest = `${to}/${path}`.replace(/\/+$/u, "");
    request.message("success", `Copied "${shortName(obj)}" to "${dest}" as "${name}".`);
    return true;
  },
});

function slashed(cleaned: Cleaned): string {
  const path = textIn(cleaned, "path");
  return path === "" || path.endsWith(DELIMITER) ? path : `${path}${DELIMITER}`;
}
