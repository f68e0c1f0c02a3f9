package io.initload.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.initload.mapping.ValueCompare;
import io.initload.mapping.canonical.CanonicalForm;
import io.initload.mapping.org.TargetField;
import io.initload.mapping.org.TargetKind;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The canonical form is as docs/certificate.md has it, of what is sent and of what is found. */
class CanonicalFormDocumentTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Those that fields can be loaded by. */
  private static final Set<String> TYPES =
      Set.of(
          "string",
          "textarea",
          "picklist",
          "multipicklist",
          "combobox",
          "phone",
          "email",
          "url",
          "encryptedstring",
          "double",
          "currency",
          "percent",
          "int",
          "long",
          "boolean",
          "date",
          "datetime",
          "time",
          "id",
          "reference");

  private final List<Page.Row> rows = Page.of("docs/certificate.md").rows("The canonical form");

  @Test
  void everyTypeHasALine() {
    Set<String> described = new TreeSet<>();
    rows.forEach(row -> described.addAll(row.code().get(0)));
    assertThat(described).containsExactlyInAnyOrderElementsOf(TYPES);
    assertThat(TYPES).noneMatch(type -> TargetKind.of(field(type)) == TargetKind.NONE);
  }

  @Test
  void bothSidesComeToTheFormThatStandsThere() throws JsonProcessingException {
    for (Page.Row row : rows) {
      for (String type : row.code().get(0)) {
        TargetField field = field(type);
        CanonicalForm form = CanonicalForm.of(field);
        String sent = text(row.code().get(2));
        String found = text(row.code().get(3));
        String both = text(row.code().get(4));
        assertThat(form.sent(sent)).as("%s sent as %s", type, sent).isEqualTo(both);
        assertThat(form.found(found)).as("%s found as %s", type, found).isEqualTo(both);
        assertThat(ValueCompare.compare(field, sent, found).matches()).as(type).isTrue();
      }
    }
  }

  private static String text(List<String> code) throws JsonProcessingException {
    assertThat(code).hasSize(1);
    return JSON.readValue(code.get(0), String.class);
  }

  private static TargetField field(String type) {
    return new TargetField(
        "F__c", type, 80, 18, 2, 9, true, true, true, false, false, false, false, false, List.of(),
        "", false, false, List.of(), "");
  }
}
