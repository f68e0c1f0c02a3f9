package io.initload.salesforce.errors;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.codes.CodeEntry;
import io.initload.codes.CodeTable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowErrorTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name -- | REQUIRED_FIELD_MISSING | Required fields are missing: [Name] | Name
          UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record or 200 records: 001xxx,001yyy:-- | UNABLE_TO_LOCK_ROW | unable to obtain exclusive access to this record or 200 records: 001xxx,001yyy |
          INVALID_CROSS_REFERENCE_KEY:invalid cross reference id:-- | INVALID_CROSS_REFERENCE_KEY | invalid cross reference id |
          INVALID_FIELD:Foreign key external ID: 31236 not found for field Ext__c in entity Account:-- | INVALID_FIELD | Foreign key external ID: 31236 not found for field Ext__c in entity Account |
          INVALID_FIELD:Failed to deserialize field at col 3. Due to, '6/15/19' is not a valid value for the type xsd:date:Trip_End_Date__c -- | INVALID_FIELD | Failed to deserialize field at col 3. Due to, '6/15/19' is not a valid value for the type xsd:date | Trip_End_Date__c
          X:two fields:A__c B__c -- | X | two fields | A__c B__c
          ODD:no field part: at all | ODD | no field part: at all |
          ENTITY_IS_DELETED | ENTITY_IS_DELETED | '' |
          what is this | UNKNOWN | what is this |
          """)
  void takesTheTextApart(String text, String code, String message, String fields) {
    RowError error = RowError.parse(text);
    assertThat(error.code()).isEqualTo(code);
    assertThat(error.message()).isEqualTo(message == null ? "" : message);
    assertThat(String.join(" ", error.fields())).isEqualTo(fields == null ? "" : fields);
  }

  @Test
  void anEmptyTextIsNoError() {
    assertThat(RowError.parse(" ")).isSameAs(RowError.NONE);
  }

  @Test
  void classesDecideWhatIsLoadedAgain() {
    assertThat(ErrorCodes.row("UNABLE_TO_LOCK_ROW", "in any language").errorClass().isRetried())
        .isTrue();
    assertThat(ErrorCodes.row("UNABLE_TO_LOCK_ROW", "").isLock()).isTrue();
    assertThat(ErrorCodes.row("STORAGE_LIMIT_EXCEEDED", "").stopsRun()).isTrue();
    assertThat(ErrorCodes.row("STRING_TOO_LONG", "").errorClass()).isEqualTo(ErrorClass.DATA);
  }

  @Test
  void theMessageTellsApartWhatOneCodeMeans() {
    String trigger = "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY";
    assertThat(ErrorCodes.row(trigger, "T: caused by: UNABLE_TO_LOCK_ROW").isLock()).isTrue();
    assertThat(ErrorCodes.row(trigger, "T: Apex CPU time limit exceeded").errorClass())
        .isEqualTo(ErrorClass.TRANSIENT);
    assertThat(ErrorCodes.row(trigger, "T: no").errorClass()).isEqualTo(ErrorClass.CONFIGURATION);
    assertThat(ErrorCodes.row("INVALID_FIELD", "Foreign key external ID: 1 not found").errorClass())
        .isEqualTo(ErrorClass.CONFIGURATION);
    assertThat(ErrorCodes.row("INVALID_FIELD", "Failed to deserialize field").errorClass())
        .isEqualTo(ErrorClass.DATA);
  }

  @Test
  void theUnknownIsNeverLoadedAgain() {
    ErrorCode unknown = ErrorCodes.row("BRAND_NEW", "whatever");
    assertThat(unknown.errorClass()).isEqualTo(ErrorClass.DATA);
    assertThat(unknown.remedy()).isNotBlank();
    assertThat(ErrorCodes.job("Novel : words").errorClass().isRetried()).isFalse();
  }

  @Test
  void aJobsFailureWithoutACodeIsNeverFinal() {
    assertThat(ErrorCodes.job("Der Batch ist zu oft gescheitert").errorClass().isRetried())
        .isTrue();
    assertThat(ErrorCodes.job("").errorClass().isRetried()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          InvalidBatch : InvalidBatch : Field name not found : Email | CONFIGURATION
          null:InvalidBatch : InvalidBatch : Field name not found : Name. Batch will not be retried. | CONFIGURATION
          ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is LF | CONFIGURATION
          TooManyLockFailure : Too many lock failure 200 Trying again later. | TRANSIENT
          Batch failed: retried more than 20 times | TRANSIENT
          ExceededQuota : ApiBatchItems Limit exceeded. | PLATFORM
          """)
  void jobErrorsHaveClassesToo(String message, ErrorClass expected) {
    assertThat(ErrorCodes.job(message).errorClass()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          STRING_TOO_LONG:Last Name: data value too large: Geheim (max length=80):LastName -- | STRING_TOO_LONG [LastName]: Last Name: data value too large: *** (max length=80)
          STRING_TOO_LONG:Nachname: Wert zu lang: Geheim:LastName -- | STRING_TOO_LONG [LastName]: (message withheld: it may hold data)
          DUPLICATE_VALUE:Externe ID doppelt angegeben: Geheim:-- | DUPLICATE_VALUE: (message withheld: it may hold data)
          DUPLICATE_VALUE:duplicate value found: X duplicates value on record with id: 001:-- | DUPLICATE_VALUE: duplicate value found: X duplicates value on record with id: ***
          INVALID_EMAIL_ADDRESS:Email: invalid email address: Geheim:Email -- | INVALID_EMAIL_ADDRESS [Email]: Email: invalid email address: ***
          INVALID_FIELD:Foreign key external ID: Geheim not found for field X in entity Y:-- | INVALID_FIELD: Foreign key external ID: *** not found for field X in entity Y
          FIELD_CUSTOM_VALIDATION_EXCEPTION:Geheim is wrong:-- | FIELD_CUSTOM_VALIDATION_EXCEPTION: (message withheld: it may hold data)
          BRAND_NEW:Geheim:-- | BRAND_NEW: (message withheld: it may hold data)
          REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name -- | REQUIRED_FIELD_MISSING [Name]: Required fields are missing: [Name]
          """)
  void logsNeverShowValuesOfTheRow(String text, String line) {
    assertThat(RowError.parse(text).forLog()).isEqualTo(line);
  }

  @Test
  void whatTheOrgCanTakeNoMoreOfEndsTheRun() {
    for (String table : List.of("rows", "jobs")) {
      for (CodeEntry entry : CodeTable.read(table).entries()) {
        ErrorCode code = ErrorCode.of(entry);
        assertThat(entry.codes()).as(code.code()).hasSizeLessThan(2);
        assertThat(code.stopsRun())
            .as(code.code())
            .isEqualTo(code.errorClass() == ErrorClass.PLATFORM);
      }
    }
  }
}
