package io.initload.source.chunk;

import io.initload.config.TableConfig;
import io.initload.plan.Snapshot;
import io.initload.source.TableShape;
import java.sql.Connection;

/**
 * What a plan is made from.
 *
 * @param connection stands at the snapshot; the planner neither closes nor keeps it
 */
public record Planning(
    Connection connection, TableConfig table, TableShape shape, Snapshot snapshot) {}
