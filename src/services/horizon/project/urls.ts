/** Which view of the dashboard Project answers where. Upstream: the panels' urls.py of openstack_dashboard/dashboards/project at 2014.2. */
import { formView, type ModalForm } from "../forms/modal-form.js";
import { workflowView, type Workflow } from "../forms/workflow.js";
import { tabView, type TabGroup } from "../tabs/tabs.js";
import { tableView } from "../tables/view.js";
import type { View } from "../web/answer.js";
import { panel } from "../web/url.js";
import { openRc } from "./access-and-security/api-access.js";
import { addRule } from "./access-and-security/add-rule.js";
import { allocateIp, associateIp } from "./access-and-security/floating-ips.js";
import { accessAndSecurity } from "./access-and-security/index.js";
import {
  createKeypair,
  downloadPage,
  generateKeypair,
  importKeypair,
} from "./access-and-security/keypairs.js";
import { rulesView } from "./access-and-security/rules-table.js";
import { createGroup, updateGroup } from "./access-and-security/security-groups.js";
import { containerPages } from "./containers/index.js";
import { createImage } from "./images/create-image.js";
import { imageDetail, updateImage } from "./images/edit-image.js";
import { imagesView } from "./images/table.js";
import { consolePage, instanceDetail } from "./instances/detail.js";
import { editInstance } from "./instances/edit.js";
import { rebuildInstance, snapshotInstance } from "./instances/forms.js";
import { launchInstance } from "./instances/launch/index.js";
import { resizeInstance } from "./instances/resize.js";
import { instancesView } from "./instances/table.js";
import { networkTopology, TOPOLOGY_URL, topologyJson } from "./network-topology/index.js";
import { createNetwork, createSubnet } from "./networks/create-network.js";
import { networkDetail } from "./networks/detail.js";
import { updateNetwork, updatePort, updateSubnet } from "./networks/forms.js";
import { portPage, subnetPage } from "./networks/pages.js";
import { networksView } from "./networks/table.js";
import { overview } from "./overview/index.js";
import { addInterface } from "./routers/add-interface.js";
import { routerDetail } from "./routers/detail.js";
import { createRouter, setGateway, updateRouter } from "./routers/forms.js";
import { routersView } from "./routers/table.js";
import { stackPages } from "./stacks/index.js";
import { attachments } from "./volumes/attachments.js";
import { createVolume } from "./volumes/create-volume.js";
import { snapshotDetail, volumeDetail } from "./volumes/details.js";
import {
  createSnapshot,
  editSnapshot,
  editVolume,
  extendVolume,
  uploadToImage,
} from "./volumes/forms.js";
import { volumesAndSnapshots } from "./volumes/index.js";

type Params = Readonly<Record<string, string>>;

const form =
  (of: (id: string, params: Params) => ModalForm): View =>
  (request, params) =>
    formView(request, of(params["id"] ?? "", params));

const workflow =
  (of: (id: string, params: Params) => Workflow): View =>
  (request, params) =>
    workflowView(request, of(params["id"] ?? "", params));

const tabs =
  (of: () => TabGroup): View =>
  (request) =>
    tabView(request, of());

const COMPUTE = ["compute"];
const VOLUME = ["volume"];
const IMAGE = ["image"];
const NETWORK = ["network"];

const instances = [
  ...panel("/project/instances/", COMPUTE, (request) => tableView(request, instancesView)),
  ...panel(
    "/project/instances/launch",
    COMPUTE,
    workflow(() => launchInstance()),
  ),
  ...panel("/project/instances/{id}/", COMPUTE, function* (request, { id = "" }) {
    return yield* tabView(request, yield* instanceDetail(request, id));
  }),
  ...panel("/project/instances/{id}/update", COMPUTE, workflow(editInstance)),
  ...panel("/project/instances/{id}/resize", COMPUTE, workflow(resizeInstance)),
  ...panel("/project/instances/{id}/rebuild", COMPUTE, form(rebuildInstance)),
  ...panel("/project/instances/{id}/console", COMPUTE, (request, { id = "" }) =>
    consolePage(request, id),
  ),
];

const volumes = [
  ...panel("/project/volumes/", VOLUME, tabs(volumesAndSnapshots)),
  ...panel(
    "/project/volumes/create/",
    VOLUME,
    form(() => createVolume),
  ),
  ...panel("/project/volumes/{id}/", VOLUME, (request, { id = "" }) => volumeDetail(request, id)),
  ...panel("/project/volumes/{id}/update/", VOLUME, form(editVolume)),
  ...panel("/project/volumes/{id}/extend/", VOLUME, form(extendVolume)),
  ...panel("/project/volumes/{id}/attach/", VOLUME, (request, { id = "" }) =>
    attachments(request, id),
  ),
  ...panel("/project/volumes/{id}/create_snapshot/", VOLUME, form(createSnapshot)),
  ...panel("/project/volumes/{id}/upload_to_image/", VOLUME, form(uploadToImage)),
  ...panel("/project/volumes/snapshots/{id}/", VOLUME, (request, { id = "" }) =>
    snapshotDetail(request, id),
  ),
  ...panel("/project/volumes/snapshots/{id}/update/", VOLUME, form(editSnapshot)),
];

const images = [
  ...panel("/project/images/", IMAGE, (request) => tableView(request, imagesView)),
  ...panel(
    "/project/images/create/",
    IMAGE,
    form(() => createImage),
  ),
  ...panel("/project/images/{id}/", IMAGE, (request, { id = "" }) => imageDetail(request, id)),
  ...panel("/project/images/{id}/update/", IMAGE, form(updateImage)),
  ...panel("/project/images/{id}/create", IMAGE, form(snapshotInstance)),
];

const ACCESS = "/project/access_and_security/";

const accessPages = [
  ...panel(ACCESS, [], tabs(accessAndSecurity)),
  ...panel(
    `${ACCESS}security_groups/create/`,
    [],
    form(() => createGroup),
  ),
  ...panel(`${ACCESS}security_groups/{id}/`, [], (request, { id = "" }) =>
    tableView(request, rulesView(id)),
  ),
  ...panel(`${ACCESS}security_groups/{id}/update/`, [], form(updateGroup)),
  ...panel(`${ACCESS}security_groups/{id}/add_rule/`, [], form(addRule)),
  ...panel(
    `${ACCESS}keypairs/create/`,
    [],
    form(() => createKeypair),
  ),
  ...panel(
    `${ACCESS}keypairs/import/`,
    [],
    form(() => importKeypair),
  ),
  ...panel(`${ACCESS}keypairs/{id}/download/`, [], function* (_request, { id = "" }) {
    return downloadPage(id);
  }),
  ...panel(`${ACCESS}keypairs/{id}/generate/`, [], (request, { id = "" }) =>
    generateKeypair(request, id),
  ),
  ...panel(
    `${ACCESS}floating_ips/allocate/`,
    [],
    form(() => allocateIp),
  ),
  ...panel(
    `${ACCESS}floating_ips/associate/`,
    [],
    workflow(() => associateIp()),
  ),
  ...panel(`${ACCESS}api_access/openrc/`, [], function* (request) {
    return openRc(request);
  }),
];

const NETWORKS = "/project/networks/";

const networks = [
  ...panel(NETWORKS, NETWORK, (request) => tableView(request, networksView)),
  ...panel(
    `${NETWORKS}create`,
    NETWORK,
    workflow(() => createNetwork()),
  ),
  ...panel(`${NETWORKS}{id}/detail`, NETWORK, (request, { id = "" }) => networkDetail(request, id)),
  ...panel(`${NETWORKS}{id}/update`, NETWORK, form(updateNetwork)),
  ...panel(`${NETWORKS}{id}/subnets/create`, NETWORK, workflow(createSubnet)),
  ...panel(
    `${NETWORKS}{id}/subnets/{subnet}/update`,
    NETWORK,
    workflow((id, { subnet = "" }) => updateSubnet(id, subnet)),
  ),
  ...panel(
    `${NETWORKS}{id}/ports/{port}/update`,
    NETWORK,
    form((id, { port = "" }) => updatePort(id, port)),
  ),
  ...panel(`${NETWORKS}subnets/{id}/detail`, NETWORK, (request, { id = "" }) =>
    subnetPage(request, id),
  ),
  ...panel(`${NETWORKS}ports/{id}/detail`, NETWORK, (request, { id = "" }) =>
    portPage(request, id),
  ),
];

const ROUTERS = "/project/routers/";

const routers = [
  ...panel(ROUTERS, NETWORK, (request) => tableView(request, routersView)),
  ...panel(
    `${ROUTERS}create/`,
    NETWORK,
    form(() => createRouter()),
  ),
  ...panel(`${ROUTERS}{id}/`, NETWORK, function* (request, { id = "" }) {
    return yield* tabView(request, yield* routerDetail(request, id));
  }),
  ...panel(`${ROUTERS}{id}/update`, NETWORK, form(updateRouter)),
  ...panel(`${ROUTERS}{id}/addinterface`, NETWORK, form(addInterface)),
  ...panel(`${ROUTERS}{id}/setgateway`, NETWORK, form(setGateway)),
];

const topology = [
  ...panel(TOPOLOGY_URL, NETWORK, function* () {
    return networkTopology;
  }),
  ...panel(`${TOPOLOGY_URL}json`, NETWORK, topologyJson),
  ...panel(
    `${TOPOLOGY_URL}launchinstance`,
    NETWORK,
    workflow(() => ({ ...launchInstance(), successUrl: TOPOLOGY_URL })),
  ),
  ...panel(
    `${TOPOLOGY_URL}createnetwork`,
    NETWORK,
    workflow(() => createNetwork(TOPOLOGY_URL)),
  ),
  ...panel(
    `${TOPOLOGY_URL}createrouter`,
    NETWORK,
    form(() => createRouter(TOPOLOGY_URL)),
  ),
];

export const PROJECT_URLS = [
  ...panel("/project/", [], overview),
  ...instances,
  ...volumes,
  ...images,
  ...accessPages,
  ...networks,
  ...routers,
  ...topology,
  ...containerPages,
  ...stackPages,
];
