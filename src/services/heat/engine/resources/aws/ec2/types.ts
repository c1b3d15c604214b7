/** Amazon's machines, volumes and networks. Upstream: the functions resource_mapping in heat/engine/resources at 2014.2. */
import type { TypeEntries } from "../../resource-class.js";
import { ElasticIpAssociation } from "./eip-association.js";
import { ElasticIp } from "./eip.js";
import { Instance } from "./instance.js";
import { InternetGateway, VpcGatewayAttachment } from "./internet-gateway.js";
import { NetworkInterface } from "./network-interface.js";
import { RouteTable, SubnetRouteTableAssociation } from "./route-table.js";
import { Ec2SecurityGroup } from "./security-group.js";
import { Ec2Subnet } from "./subnet.js";
import { Ec2Volume, Ec2VolumeAttachment } from "./volume.js";
import { Vpc } from "./vpc.js";

export const ec2Types: TypeEntries = [
  ["AWS::EC2::EIP", ElasticIp],
  ["AWS::EC2::EIPAssociation", ElasticIpAssociation],
  ["AWS::EC2::Instance", Instance],
  ["AWS::EC2::InternetGateway", InternetGateway],
  ["AWS::EC2::NetworkInterface", NetworkInterface],
  ["AWS::EC2::RouteTable", RouteTable],
  ["AWS::EC2::SecurityGroup", Ec2SecurityGroup],
  ["AWS::EC2::Subnet", Ec2Subnet],
  ["AWS::EC2::SubnetRouteTableAssociation", SubnetRouteTableAssociation],
  ["AWS::EC2::VPC", Vpc],
  ["AWS::EC2::VPCGatewayAttachment", VpcGatewayAttachment],
  ["AWS::EC2::Volume", Ec2Volume],
  ["AWS::EC2::VolumeAttachment", Ec2VolumeAttachment],
];
