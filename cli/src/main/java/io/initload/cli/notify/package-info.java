/**
 * Word to people by mail and webhook: what is told when, and what is said. Start at {@link
 * io.initload.cli.notify.Notifier}.
 */
@NullMarked
package io.initload.cli.notify;

import org.jspecify.annotations.NullMarked;
