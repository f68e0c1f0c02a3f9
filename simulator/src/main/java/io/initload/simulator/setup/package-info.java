/**
 * What an administrator has set up in an org, from a file. Start at {@link
 * io.initload.simulator.setup.OrgSetup}. May use model and settings.
 */
@NullMarked
package io.initload.simulator.setup;

import org.jspecify.annotations.NullMarked;
