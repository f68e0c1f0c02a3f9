package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.simulator.OrgOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a remedy tells to correct or to type, done: the same command goes on. */
@Tag("system")
class FollowedRemediesTest {
  private static final int CUSTOMERS = 40;

  @TempDir Path directory;
  private Site site;

  @BeforeEach
  void open() {
    site = Site.open(directory, OrgOptions.defaults(), CUSTOMERS);
  }

  @AfterEach
  void close() {
    site.close();
  }

  /** The setting that a remedy names is the one that was wrong. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "source.password   | password: tiger-4711 | password: tiger           | SOURCE_LOGIN",
        "source.user       | user: SA             | user: SB                  | SOURCE_LOGIN",
        "source.url        | jdbc:h2:file:        | jdbc:h2:file:/nowhere     | SOURCE_UNREACHABLE",
        "source.url        | url: jdbc:h2:        | url: jdbc:h3:             | CONFIG",
        "tables[].source   | source: CUSTOMERS    | source: CUSTOMER          | SOURCE_TABLE",
        "tables[].columns  | CUST_EMAIL:          | CUST_MAIL:                | COLUMN_UNKNOWN",
        "tables[].where    | chunking:            | 'where: NOPE\n    chunking:' | SOURCE_WHERE",
        "tables[].chunking | chunking: {          | 'chunking: {strategy: rowid, ' |"
            + " SOURCE_STRATEGY",
        "tables[].object   | object: Account      | object: Acount            | ORG_OBJECT",
        "ledger.url        | jdbc:sqlite:         | jdbc:sqlserver:           | CONFIG",
        "ledger.url        | jdbc:sqlite:         | jdbc:postgresql://127.0.0.1:1 |"
            + " LEDGER_UNREACHABLE",
        "target.loginUrl   | 'loginUrl: http://127.0.0.1:' | 'loginUrl: http://127.0.0.1:1 #' |"
            + " ORG_UNAVAILABLE",
        "target.instance   | 'instance: 127.0.0.1:' | 'instance: 127.0.0.2:'   | ORG_INSTANCE",
        "target.apiVersion | 'instance: 127.0.0.1:' |"
            + " 'apiVersion: 99.0\n  instance: 127.0.0.1:' | ORG_VERSION",
        "target.auth       | 'clientId: \"'       | 'clientId: \"not-'        | ORG_LOGIN",
      })
  void aCorrectedSettingIsAllThatIsNeeded(String setting, String good, String bad, String code) {
    site.with(good, bad);
    Shell.Result refused = site.run("run");
    assertThat(refused.code()).as(setting).isNotZero();
    assertThat(refused.out() + refused.err()).as(setting).contains(code).doesNotContain("\tat ");
    site.config(text -> text);
    complete();
  }

  @Test
  void aMigrationThatIsNotBegunIsBegunByARun() {
    assertThat(site.run("status").exits(1).err()).contains("NOT_BEGUN", "`initload run`");
    complete();
    site.run("status").exits(0);
  }

  /** Refused to the last row, for a cause that lies in the org. */
  @Test
  void aTableThatIsStoppedForItsErrorsGoesOnByAReplay() {
    site.source().run("UPDATE CUSTOMERS SET COUNTRY_ID = 21");
    assertThat(site.run("run").exits(3).out()).contains("TOO_MANY_ERRORS");
    assertThat(site.run("run").exits(3).out()).as("again").contains("TOO_MANY_ERRORS");
    OrgApi.login(site.org().loginUrl(), site.org().clientId(), site.org().clientSecret())
        .insert("Country__c", "External_ID__c,Name\n21,Late\n");
    site.run("dead-letters replay").exits(0);
    assertThat(site.org().records("Account").count()).isEqualTo(CUSTOMERS);
    site.run("run").exits(0);
  }

  /** A pass cannot link a row that was not loaded; when it is, its links are read again. */
  @Test
  void aRowThatWasNotLoadedIsLinkedWhenItIs() {
    site.source()
        .run(
            "ALTER TABLE CUSTOMERS ADD BOSS_ID NUMBER(10)",
            "UPDATE CUSTOMERS SET BOSS_ID = CUST_ID - 1 WHERE CUST_ID > 1",
            "UPDATE CUSTOMERS SET CUST_EMAIL = 'nobody(at)nowhere' WHERE CUST_ID = 7");
    site.with(
        "      CUST_EMAIL: Email__c",
        "      CUST_EMAIL: Email__c\n      BOSS_ID: Parent.External_ID__c");
    site.run("run").exits(4);
    assertThat(site.run("dead-letters list").exits(0).out())
        .contains("ROW_NOT_LOADED", "`initload dead-letters replay --from-source`");
    site.source().run("UPDATE CUSTOMERS SET CUST_EMAIL = NULL WHERE CUST_ID = 7");
    Shell.Result first = site.run("dead-letters replay", "--from-source").exits(4);
    assertThat(first.err() + first.out())
        .contains("1 rows stay as they are: 1 link a row that is not loaded yet");
    site.run("dead-letters replay", "--from-source").exits(0);
    assertThat(parent("7")).isEqualTo(id("6"));
    assertThat(parent("8")).isEqualTo(id("7"));
    site.run("reconcile").exits(0);
  }

  private String parent(String customer) {
    return site.org()
        .records("Account")
        .byExternalId("External_ID__c", customer)
        .orElseThrow()
        .value("ParentId")
        .orElse("");
  }

  private String id(String customer) {
    return site.org()
        .records("Account")
        .byExternalId("External_ID__c", customer)
        .orElseThrow()
        .id();
  }

  private void complete() {
    site.run("run").exits(0);
    assertThat(site.org().records("Account").count()).isEqualTo(CUSTOMERS);
    site.run("reconcile").exits(0);
  }
}
