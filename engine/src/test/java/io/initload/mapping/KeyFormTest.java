package io.initload.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class KeyFormTest {
  @TestFactory
  List<DynamicTest> canonicalFormsDecideEquality() {
    return Cases.of(
        "key-forms.yaml",
        entry -> {
          KeyForm form = KeyForm.valueOf(entry.get("form").asText());
          String a = form.canonical(entry.get("a").asText());
          String b = form.canonical(entry.get("b").asText());
          assertThat(a.equals(b)).as("%s and %s", a, b).isEqualTo(entry.get("same").asBoolean());
          assertThat(form.canonical(a)).as("canonical again").isEqualTo(a);
        });
  }

  @Test
  void theMachinesLanguageDoesNotMatter() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      assertThat(KeyForm.IGNORE_CASE.canonical("TITLE"))
          .isEqualTo(KeyForm.IGNORE_CASE.canonical("title"));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void theFieldDecidesTheForm() {
    assertThat(KeyForm.of(Describes.field("Ext__c", "string").caseSensitive().build()))
        .isEqualTo(KeyForm.EXACT);
    assertThat(KeyForm.of(Describes.field("Ext__c", "string").build()))
        .isEqualTo(KeyForm.IGNORE_CASE);
    assertThat(KeyForm.of(Describes.field("Ext__c", "email").build()))
        .isEqualTo(KeyForm.IGNORE_CASE);
    assertThat(KeyForm.of(Describes.field("Ext__c", "double").build())).isEqualTo(KeyForm.NUMBER);
  }
}
