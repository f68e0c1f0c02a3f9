package io.initload.salesforce.wire;

import io.initload.Audit;

/** What the audit log says of a call that is no mere look. */
public record Audited(Audit.Act act, String object) {}
