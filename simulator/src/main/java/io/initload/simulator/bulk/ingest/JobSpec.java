package io.initload.simulator.bulk.ingest;

import io.initload.simulator.bulk.csv.Delimiter;
import io.initload.simulator.bulk.csv.LineEnding;
import io.initload.simulator.dml.Operation;

/**
 * What a client asks for when it creates a job; checked against the org.
 *
 * @param object API name as describe spells it
 * @param externalIdFieldName field upserts match by, empty for other operations
 * @param assignmentRuleId empty if none
 * @param apiVersion version of the path the job was created with, such as 60
 */
public record JobSpec(
    String object,
    Operation operation,
    String externalIdFieldName,
    LineEnding lineEnding,
    Delimiter columnDelimiter,
    String assignmentRuleId,
    int apiVersion) {}
