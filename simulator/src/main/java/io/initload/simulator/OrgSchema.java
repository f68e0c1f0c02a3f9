package io.initload.simulator;

import io.initload.simulator.dml.DmlRules;
import io.initload.simulator.dml.DmlRules.AuditPermission;
import io.initload.simulator.model.BuiltInObjects;
import io.initload.simulator.model.IdSpace;
import io.initload.simulator.model.Schema;

/**
 * The objects of an org: built in, described, set up, permitted to and seen by the loading user; in
 * this order.
 */
final class OrgSchema {
  private OrgSchema() {}

  static Schema of(OrgContent content, DmlRules rules, IdSpace ids) {
    Schema builtIn = BuiltInObjects.schema();
    Schema all = content.describes().map(builtIn::with).orElse(builtIn);
    Schema setUp = keyed(all.with(content.setup().objects(), ids), rules);
    Schema permitted =
        rules.auditFields() == AuditPermission.GRANTED ? setUp.withAuditFields() : setUp;
    return permitted.without(content.hiddenFields());
  }

  /** Which field of a record type, if any, may stand for it in a column. */
  private static Schema keyed(Schema schema, DmlRules rules) {
    return switch (rules.recordTypeKey()) {
      case NONE -> schema;
      case NAME -> schema.withKey("RecordType", "Name");
      case DEVELOPER_NAME -> schema.withKey("RecordType", "DeveloperName");
    };
  }
}
