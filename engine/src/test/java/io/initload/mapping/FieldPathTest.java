package io.initload.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.mapping.org.FieldPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a column's name says. */
class FieldPathTest {
  @Test
  void aFieldOfTheObjectItself() {
    FieldPath path = FieldPath.parse("Legacy_Id__c");
    assertThat(path).isEqualTo(new FieldPath("", "", "Legacy_Id__c"));
    assertThat(path.isParent()).isFalse();
    assertThat(path.selected()).isEqualTo("Legacy_Id__c");
  }

  @Test
  void aParentsKey() {
    FieldPath path = FieldPath.parse("Account.Legacy_Id__c");
    assertThat(path).isEqualTo(new FieldPath("", "Account", "Legacy_Id__c"));
    assertThat(path.isParent()).isTrue();
    assertThat(path.selected()).isEqualTo("Account.Legacy_Id__c");
  }

  @Test
  void theKeyOfAParentOfOneOfSeveralTypes() {
    FieldPath path = FieldPath.parse("Contact:Who.Legacy_Id__c");
    assertThat(path).isEqualTo(new FieldPath("Contact", "Who", "Legacy_Id__c"));
    assertThat(path.selected()).isEqualTo("Who.Legacy_Id__c");
  }

  @Test
  void aColonBehindTheDotBelongsToTheField() {
    assertThat(FieldPath.parse("Who.Contact:Id")).isEqualTo(new FieldPath("", "Who", "Contact:Id"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Name", "Owner.Email", "User:Owner.Email", "A:B", "A.B:C", "A:B:C.D", ""})
  void itsTextIsReadAsTheSamePath(String text) {
    assertThat(FieldPath.parse(text)).hasToString(text);
    assertThat(FieldPath.parse(FieldPath.parse(text).toString())).isEqualTo(FieldPath.parse(text));
  }
}
