package io.initload.simulator;

import io.initload.simulator.auth.Logins;
import io.initload.simulator.auth.OrgUser;
import io.initload.simulator.dml.DmlRules;
import io.initload.simulator.dml.Operation;
import io.initload.simulator.dml.SingleRow;
import io.initload.simulator.dml.UnknownFieldException;
import io.initload.simulator.model.SObjectType;
import io.initload.simulator.store.Records;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** The records an org begins with: its organization, an integration user, an administrator. */
record Founders(String orgId, OrgUser loader, OrgUser administrator) {
  private static final long ORGANIZATION = 1;
  private static final long LOADER = 1;
  private static final long ADMINISTRATOR = 2;

  static Founders of(Records records, Instant now, boolean production) {
    SObjectType organization = records.schema().object("Organization").orElseThrow();
    if (records.count(organization) == 0) {
      insert(
          records,
          "Organization",
          now,
          Map.of(
              "Name", "Simulated Org",
              "OrganizationType", "Enterprise Edition",
              "InstanceName", "SIM1",
              "IsSandbox", Boolean.toString(!production),
              "LanguageLocaleKey", "en_US",
              "DefaultLocaleSidKey", "en_US",
              "TimeZoneSidKey", "GMT",
              "Country", "US"));
      user(records, now, "Integration", "loader@simulated.example");
      user(records, now, "Administrator", "admin@simulated.example");
    }
    return new Founders(
        records.ids().id("00D", ORGANIZATION),
        new OrgUser(
            records.ids().id("005", LOADER),
            "loader@simulated.example",
            "Integration User",
            "loader@simulated.example"),
        new OrgUser(
            records.ids().id("005", ADMINISTRATOR),
            "admin@simulated.example",
            "Administrator User",
            "admin@simulated.example"));
  }

  private static void user(Records records, Instant now, String firstName, String username) {
    insert(
        records,
        "User",
        now,
        Map.of(
            "FirstName", firstName,
            "LastName", "User",
            "Username", username,
            "Email", username,
            "Alias", username.substring(0, 4),
            "IsActive", "true",
            "LanguageLocaleKey", "en_US",
            "LocaleSidKey", "en_US",
            "TimeZoneSidKey", "GMT",
            "UserType", "Standard"));
  }

  static void insert(Records records, String object, Instant now, Map<String, String> values) {
    SObjectType type = records.schema().object(object).orElseThrow();
    Map<String, String> known = new TreeMap<>(values);
    known.keySet().removeIf(name -> type.field(name).isEmpty());
    try {
      SingleRow.Outcome outcome =
          new SingleRow(records, DmlRules.defaults())
              .write(type, Operation.INSERT, "", known, LOADER, now);
      outcome
          .error()
          .ifPresent(
              error -> {
                throw new IllegalStateException(
                    "The first " + object + " cannot be created: " + error.text());
              });
    } catch (UnknownFieldException e) {
      throw new IllegalStateException(object + " lacks the field " + e.column(), e);
    }
  }

  void register(Logins logins) {
    logins.register(loader);
    logins.register(administrator);
  }
}
