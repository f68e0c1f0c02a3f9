package io.initload.simulator.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lookups to the own object: what leads back to the record itself is refused. */
@Tag("system")
class HierarchyContractTest {
  private static final String ABC = "External_ID__c,Name\na,A\nb,B\nc,C\n";
  private static final String REFUSED = "CIRCULAR_DEPENDENCY:";

  private static Written org(String... switches) {
    return Written.into("objects: {}", switches);
  }

  private static List<String> link(Written written, String... childAndParent) {
    String rows = String.join("\n", childAndParent);
    return written.upsert("Account", "External_ID__c,Parent.External_ID__c\n" + rows + "\n");
  }

  private static String parent(Written written, String key) {
    return written.value(
        "SELECT Parent.External_ID__c FROM Account WHERE External_ID__c = '%s'".formatted(key));
  }

  @Test
  void noRecordIsItsOwnParent() {
    try (Written written = org()) {
      written.upsert("Account", ABC);
      assertThat(link(written, "a,a"))
          .singleElement()
          .asString()
          .startsWith(REFUSED)
          .endsWith(":ParentId --");
    }
  }

  @Test
  void noParentComesBackFromBelow() {
    try (Written written = org()) {
      written.upsert("Account", ABC);
      assertThat(link(written, "b,a", "c,b")).isEmpty();
      assertThat(link(written, "a,c")).singleElement().asString().startsWith(REFUSED);
      assertThat(parent(written, "c")).isEqualTo("b");
      assertThat(written.count("Account WHERE ParentId = null")).isEqualTo(1);
    }
  }

  @Test
  void rowsOfOneTransactionCloseNoLoop() {
    try (Written written = org()) {
      written.upsert("Account", ABC);
      assertThat(link(written, "a,b", "b,c", "c,a")).singleElement().asString().startsWith(REFUSED);
      assertThat(written.count("Account WHERE ParentId = null")).isEqualTo(1);
    }
  }

  @Test
  void aParentMayMoveOnceTheLoopIsOpen() {
    try (Written written = org()) {
      written.upsert("Account", ABC);
      assertThat(link(written, "b,a", "a,c")).isEmpty();
      assertThat(link(written, "a,#N/A", "c,b")).isEmpty();
      assertThat(parent(written, "c")).isEqualTo("b");
    }
  }

  @Test
  void switchesSayWhichLookupsAndByWhatCode() {
    String contacts = "External_ID__c,LastName,ReportsTo.External_ID__c\n";
    try (Written written = org("rows.loops=field-integrity-exception")) {
      written.upsert("Account", ABC);
      assertThat(link(written, "a,a"))
          .singleElement()
          .asString()
          .startsWith("FIELD_INTEGRITY_EXCEPTION:");
      written.upsert("Contact", contacts + "x,X,\n");
      assertThat(written.upsert("Contact", contacts + "x,X,x\n")).isEmpty();
    }
    try (Written written = org("rows.hierarchies=Contact.ReportsToId")) {
      written.upsert("Account", ABC);
      assertThat(link(written, "a,a")).isEmpty();
      written.upsert("Contact", contacts + "x,X,\n");
      assertThat(written.upsert("Contact", contacts + "x,X,x\n"))
          .singleElement()
          .asString()
          .startsWith(REFUSED);
    }
  }
}
