/**
 * One step for an orchestrator: request and result are files, logs are JSON lines. Start at {@link
 * io.initload.cli.task.TaskCommand}.
 */
@NullMarked
package io.initload.cli.task;

import org.jspecify.annotations.NullMarked;
