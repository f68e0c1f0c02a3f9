/**
 * What an org promises to clients, row by row of the table of behaviours, in raw HTTP. Runs against
 * the simulator, and against a real sandbox when {@code SF_CONTRACT_URL} and {@code
 * SF_CONTRACT_TOKEN} are set; {@code rows.yaml} says which rows that leaves out and where a real
 * org is known to differ. Start at {@link io.initload.simulator.contract.Org}.
 *
 * <p>A sandbox needs a unique external id field {@code External_ID__c} (text) on Account and on
 * Contact. Records are written with keys of their own and deleted at the end.
 */
@NullMarked
package io.initload.simulator.contract;

import org.jspecify.annotations.NullMarked;
