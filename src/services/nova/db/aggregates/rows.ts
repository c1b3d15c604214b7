/** Host aggregates, as Nova's database has them: nova/db/sqlalchemy/models.py (Aggregate, AggregateHost, AggregateMetadata) at 2014.2. */

export interface AggregateRow {
  readonly name: string;
}

export interface AggregateHostRow {
  readonly aggregate_id: number;
  readonly host: string;
}

export interface AggregateMetadataRow {
  readonly aggregate_id: number;
  readonly key: string;
  readonly value: string;
}
