/**
 * What the org says when it says no: calls that failed ({@link
 * io.initload.salesforce.errors.OrgException}), rows and jobs that failed, and what their codes
 * mean ({@link io.initload.salesforce.errors.ErrorCodes}).
 */
@NullMarked
package io.initload.salesforce.errors;

import org.jspecify.annotations.NullMarked;
