/** Which view of the panel Stacks answers where. Upstream: openstack_dashboard/dashboards/project/stacks/urls.py at 2014.2. */
import { textOf } from "../../../../python/index.js";
import { heatClient } from "../../api/heat.js";
import { formView } from "../../forms/modal-form.js";
import { tabView } from "../../tabs/tabs.js";
import { tableView } from "../../tables/view.js";
import { required } from "../../web/attempts.js";
import { panel } from "../../web/url.js";
import { STACKS_URL } from "./addresses.js";
import { stackDetail } from "./detail.js";
import { changeTemplate, chosenBefore, createStack, editStack, selectTemplate } from "./forms.js";
import { stacksView } from "./table.js";

const HEAT = ["orchestration"];

export const stackPages = [
  ...panel(STACKS_URL, HEAT, (request) => tableView(request, stacksView)),
  ...panel(`${STACKS_URL}select_template`, HEAT, function* (request) {
    return yield* formView(request, yield* selectTemplate(request));
  }),
  ...panel(`${STACKS_URL}launch`, HEAT, (request) =>
    formView(request, createStack(chosenBefore(request))),
  ),
  ...panel(`${STACKS_URL}stack/{id}/`, HEAT, function* (request, { id = "" }) {
    return yield* tabView(request, yield* stackDetail(request, id));
  }),
  ...panel(`${STACKS_URL}{id}/change_template`, HEAT, function* (request, { id = "" }) {
    return yield* formView(request, yield* changeTemplate(id)(request));
  }),
  ...panel(`${STACKS_URL}{id}/edit_stack`, HEAT, function* (request, { id = "" }) {
    const message = "Unable to retrieve stack.";
    const stack = yield* required(request, message, STACKS_URL, function* () {
      const found = yield* heatClient(request).stack(id);
      yield* heatClient(request).template(id);
      return found;
    });
    const name = textOf(stack, "stack_name");
    return yield* formView(request, editStack(chosenBefore(request), id, name));
  }),
];
