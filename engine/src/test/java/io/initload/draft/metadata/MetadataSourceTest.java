package io.initload.draft.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.SourceName;
import io.initload.draft.Confidence;
import io.initload.draft.Draft;
import io.initload.draft.DraftedTable;
import io.initload.draft.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is deployed, and what is left to people. */
class MetadataSourceTest {
  private static final String SET =
      "force-app/main/default/permissionsets/Initload.permissionset-meta.xml";
  private static final String BY_OTHERS = "no permissions of their own but those of other objects";

  @Test
  void objectsWithoutPermissionsOfTheirOwnAreNamedAndNotDeployed() {
    Map<String, String> files = files("Order", "OrderItem", "PricebookEntry", "Sale__c");
    assertThat(files.get(SET))
        .contains("<object>Order</object>", "<object>Sale__c</object>")
        .doesNotContain("<object>OrderItem</object>", "<object>PricebookEntry</object>");
    assertThat(files.get("CHECKLIST.md")).contains(BY_OTHERS + ": OrderItem, PricebookEntry.\n- [");
  }

  @Test
  void whereAllHaveTheirOwnNothingIsSaid() {
    assertThat(files("Account").get("CHECKLIST.md"))
        .contains("user: Account.\n- [ ] Where CreatedDate")
        .doesNotContain(BY_OTHERS);
  }

  private static Map<String, String> files(String... objects) {
    List<DraftedTable> tables = Stream.of(objects).map(MetadataSourceTest::table).toList();
    return MetadataSource.of(new Draft(List.of("all"), tables), List.of(), "60.0");
  }

  private static DraftedTable table(String object) {
    return new DraftedTable(
        new SourceName("", object),
        object,
        new Reason(Confidence.CERTAIN, "by its name"),
        1,
        "all",
        Optional.empty(),
        false,
        List.of(),
        List.of(),
        List.of(),
        "");
  }
}
