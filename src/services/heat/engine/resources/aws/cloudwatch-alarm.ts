/**
 * AWS::CloudWatch::Alarm as every engine knows it: a template around an alarm of Ceilometer's. Heat's own alarms
 * (OS::Heat::CWLiteAlarm), which are fed by way of the API of CloudWatch, are not simulated. Upstream:
 * etc/heat/templates/AWS_CloudWatch_Alarm.yaml, etc/heat/environment.d/default.yaml at 2014.2.
 */
import type { Json, JsonObject } from "../../../../../python/index.js";

export const CLOUDWATCH_ALARM = "file:///etc/heat/templates/AWS_CloudWatch_Alarm.yaml";

/** Of Amazon's comparisons and statistics, in Ceilometer's words. */
const COMPARISONS = {
  LessThanOrEqualToThreshold: "le",
  LessThanThreshold: "lt",
  GreaterThanThreshold: "gt",
  GreaterThanOrEqualToThreshold: "ge",
};
const STATISTICS = {
  SampleCount: "count",
  Average: "avg",
  Sum: "sum",
  Minimum: "min",
  Maximum: "max",
};

const SIZES = ["Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes"];
const BITS = ["Bits", "Kilobits", "Megabits", "Gigabits", "Terabits"];
const UNITS = [
  ...["Seconds", "Microseconds", "Milliseconds", ...SIZES, ...BITS, "Percent", "Count"],
  ...[...SIZES, ...BITS, "Count"].map((unit) => `${unit}/Second`),
  "None",
];

const text = (rest: JsonObject = {}): JsonObject => ({ Type: "String", ...rest });
const list = (rest: JsonObject = {}): JsonObject => ({ Type: "CommaDelimitedList", ...rest });
const ref = (Ref: string): Json => ({ Ref });
const mapped = (map: string, parameter: string): Json => ({
  "Fn::FindInMap": [map, ref(parameter), "Ceilometer"],
});
const mapping = (words: Readonly<Record<string, string>>): JsonObject =>
  Object.fromEntries(Object.entries(words).map(([key, Ceilometer]) => [key, { Ceilometer }]));

export const cloudWatchAlarm: JsonObject = {
  HeatTemplateFormatVersion: "2012-12-12",
  Description: "AWS::CloudWatch::Alarm using Ceilometer.",
  Parameters: {
    AlarmDescription: text({ Default: "An alarm" }),
    EvaluationPeriods: text(),
    MetricName: text(),
    Namespace: text({ Default: "system/linux" }),
    Period: text(),
    ComparisonOperator: text({ AllowedValues: Object.keys(COMPARISONS) }),
    Statistic: text({ AllowedValues: Object.keys(STATISTICS) }),
    Threshold: text(),
    Units: text({ AllowedValues: UNITS, Default: "None" }),
    AlarmActions: list({ Default: "" }),
    OKActions: list({ Default: "" }),
    InsufficientDataActions: list({ Default: "" }),
    Dimensions: list(),
  },
  Mappings: {
    ComparisonOperatorMap: mapping(COMPARISONS),
    StatisticMap: mapping(STATISTICS),
  },
  Resources: {
    __alarm__: {
      Type: "OS::Ceilometer::Alarm",
      Properties: {
        description: ref("AlarmDescription"),
        meter_name: ref("MetricName"),
        period: ref("Period"),
        evaluation_periods: ref("EvaluationPeriods"),
        repeat_actions: true,
        threshold: ref("Threshold"),
        alarm_actions: ref("AlarmActions"),
        ok_actions: ref("OKActions"),
        insufficient_data_actions: ref("InsufficientDataActions"),
        statistic: mapped("StatisticMap", "Statistic"),
        comparison_operator: mapped("ComparisonOperatorMap", "ComparisonOperator"),
        matching_metadata: { "Fn::MemberListToMap": ["Name", "Value", ref("Dimensions")] },
      },
    },
  },
};
