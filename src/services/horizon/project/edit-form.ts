/**
 * The form of a thing of Neutron's that has a name and is up or down: a network, a router, a port. Upstream: UpdateNetwork, UpdateForm
 * and UpdatePort of openstack_dashboard/dashboards/project/{networks,routers,networks/ports}/forms.py at 2014.2.
 */
import type { Op } from "../../../kernel/index.js";
import { textOf, type JsonObject } from "../../../python/index.js";
import { neutronClient } from "../api/neutron.js";
import { textIn, type Cleaned, type Field } from "../forms/field.js";
import type { ModalForm } from "../forms/modal-form.js";
import { required, succeeded } from "../web/attempts.js";
import type { HorizonRequest } from "../web/request.js";

export interface Edited {
  /** `Network`. */
  readonly word: string;
  readonly collection: "networks" | "ports" | "routers";
  readonly id: string;
  /** Where it leads, done or not. */
  readonly back: string;
  /** What is said if it cannot be had. */
  readonly missing: string;
  /** Default: as Neutron has it. */
  readonly load?: (request: HorizonRequest) => Op<JsonObject>;
  readonly fields: (thing: JsonObject) => readonly Field[];
  /** What it is called in messages. Default: by its new name. */
  readonly called?: (cleaned: Cleaned) => string;
}

export const nameField = (thing: JsonObject): Field => ({
  kind: "text",
  name: "name",
  label: "Name",
  longest: 255,
  initial: textOf(thing, "name"),
});

export const stateField = ({ admin_state_up: up }: JsonObject): Field => ({
  kind: "choice",
  name: "admin_state",
  label: "Admin State",
  required: true,
  choices: [
    ["True", "UP"],
    ["False", "DOWN"],
  ],
  initial: up === true ? "True" : "False",
});

export function editForm(edited: Edited): ModalForm {
  const { word, collection, id, back, missing, fields } = edited;
  const { called = (cleaned: Cleaned) => textIn(cleaned, "name") } = edited;
  const load =
    edited.load ?? ((request: HorizonRequest) => neutronClient(request).show(collection, id));
  return {
    title: `Edit ${word}`,
    submit: "Save Changes",
    successUrl: back,
    *fields(request) {
      return fields(yield* required(request, missing, back, () => load(request)));
    },
    handle(request, cleaned) {
      const name = called(cleaned);
      return succeeded(
        request,
        `Failed to update ${word.toLowerCase()} ${name}`,
        function* () {
          yield* neutronClient(request).update(collection, id, {
            admin_state_up: textIn(cleaned, "admin_state") === "True",
            name: textIn(cleaned, "name"),
          });
          request.message("success", `${word} ${name} was successfully updated.`);
        },
        { redirect: back },
      );
    },
  };
}
