/** What is done in the panel Containers. */
import {
  called,
  flag,
  formAct,
  maybeCalled,
  openAct,
  rowAct,
  text,
  type Written,
} from "./form-act.js";

const PATH = "/project/containers/";
const CONTAINERS = { path: PATH, table: "containers" } as const;

const container = called("The container, by name.");
const object = called("The object, by name.");
const folder = text("The folder in the container, as a/b.", "path");

/** Folders are written without the slash at their end. */
const inFolder = ({ folder: path }: Written): Readonly<Record<string, string>> =>
  typeof path === "string" && path !== "" ? { path: `${path.replace(/\/+$/u, "")}/` } : {};

const IN = { path: PATH, through: { label: "container", table: "containers" } } as const;
const OBJECT = { ...IN, table: "objects", row: "object" } as const;

export const createContainer = formAct("create container", {
  ...CONTAINERS,
  about: "Create Container.",
  action: "Create Container",
  fill: ({ public: isPublic }) => (isPublic === true ? { access: "Public" } : {}),
  labels: {
    name: called("Container Name.", "name"),
    public: { schema: flag("Container Access: Public. Default: Private.", "").schema },
  },
});

export const openContainer = openAct("open container", {
  ...CONTAINERS,
  about: "What is in a container: its name is clicked.",
});

export const makePublic = rowAct("make container public", {
  ...CONTAINERS,
  action: "Make Public",
  about: "Make Public, once the page has learnt that it is private.",
});

export const makePrivate = rowAct("make container private", {
  ...CONTAINERS,
  action: "Make Private",
  about: "Make Private, once the page has learnt that it is public.",
});

export const deleteContainer = rowAct("delete container", {
  ...CONTAINERS,
  action: "Delete Container",
  about: "Delete Container: of one or several.",
});

export const uploadObject = formAct("upload object", {
  ...IN,
  table: "objects",
  about: "Upload Object.",
  action: "Upload Object",
  fill: inFolder,
  labels: {
    container,
    folder,
    name: called("Object Name.", "name"),
    text: text(
      "What the file holds. Default: there is none, and the object is empty.",
      "object_file",
    ),
  },
});

export const createFolder = formAct("create pseudo-folder", {
  ...IN,
  table: "objects",
  about: "Create Pseudo-folder.",
  action: "Create Pseudo-folder",
  fill: inFolder,
  labels: { container, folder, name: called("Pseudo-folder Name.", "name") },
});

export const copyObject = formAct("copy object", {
  ...OBJECT,
  about: "Copy.",
  action: "Copy",
  labels: {
    container,
    object,
    "to container": maybeCalled("Destination container. Default: the same.", "new_container_name"),
    path: text("Path.", "path"),
    name: maybeCalled("Destination object name.", "new_object_name"),
  },
});

export const deleteObject = formAct("delete object", {
  ...OBJECT,
  about: "Delete Object.",
  action: "Delete Object",
  labels: { container, object },
});
