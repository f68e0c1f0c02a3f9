package io.initload.pipeline;

import io.initload.config.ReconcileConfig.Level;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** What a saboteur does to a record of the org, and the level at which it must be found. */
enum OrgSabotage {
  LOST(Level.COUNT) {
    @Override
    void strike(OtherClient org, int row, Random random) throws IOException, InterruptedException {
      org.delete("Account", SabotagedSite.KEY, SabotagedSite.key(row));
    }
  },
  DOUBLED(Level.COUNT) {
    @Override
    void strike(OtherClient org, int row, Random random) throws IOException, InterruptedException {
      put(org, copy(row), SabotagedSite.row(row));
    }

    @Override
    void repair(OtherClient org, int row) throws IOException, InterruptedException {
      org.delete("Account", SabotagedSite.KEY, copy(row));
    }
  },
  LOST_AND_DOUBLED(Level.SAMPLE) {
    @Override
    void strike(OtherClient org, int row, Random random) throws IOException, InterruptedException {
      LOST.strike(org, row, random);
      DOUBLED.strike(org, row, random);
    }

    @Override
    void repair(OtherClient org, int row) throws IOException, InterruptedException {
      DOUBLED.repair(org, row);
      super.repair(org, row);
    }
  },
  SWAPPED(Level.SAMPLE) {
    @Override
    void strike(OtherClient org, int row, Random random) throws IOException, InterruptedException {
      put(org, SabotagedSite.key(row), SabotagedSite.row(next(row)));
      put(org, SabotagedSite.key(next(row)), SabotagedSite.row(row));
    }

    @Override
    void repair(OtherClient org, int row) throws IOException, InterruptedException {
      super.repair(org, row);
      super.repair(org, next(row));
    }
  },
  TRUNCATED(Level.SAMPLE) {
    @Override
    void strike(OtherClient org, int row, Random random) throws IOException, InterruptedException {
      String field = one(random, "Name", "Phone", "Email__c", "Description");
      String text = SabotagedSite.row(row).get(field);
      // An address without its last letter is still one.
      put(org, SabotagedSite.key(row), Map.of(field, text.substring(0, text.length() - 1)));
    }
  },
  EDITED(Level.SAMPLE) {
    @Override
    void strike(OtherClient org, int row, Random random) throws IOException, InterruptedException {
      String field = one(random, "Name", "Phone", "Email__c", "Description");
      put(org, SabotagedSite.key(row), Map.of(field, "x" + SabotagedSite.row(row).get(field)));
    }
  },
  RE_CASED(Level.SAMPLE) {
    @Override
    void strike(OtherClient org, int row, Random random) throws IOException, InterruptedException {
      String field = one(random, "Name", "Description");
      String text = SabotagedSite.row(row).get(field);
      put(org, SabotagedSite.key(row), Map.of(field, text.toUpperCase(Locale.ROOT)));
    }
  },
  OTHER_CHOICE(Level.SAMPLE) {
    @Override
    void strike(OtherClient org, int row, Random random) throws IOException, InterruptedException {
      String choice = SabotagedSite.row(row).get("Active__c").equals("Yes") ? "No" : "Yes";
      put(org, SabotagedSite.key(row), Map.of("Active__c", choice));
    }
  },
  ROUNDED(Level.SAMPLE) {
    @Override
    void strike(OtherClient org, int row, Random random) throws IOException, InterruptedException {
      String rounded = row + one(random, "", ".4", ".36", ".38");
      put(org, SabotagedSite.key(row), Map.of("Credit_Limit__c", rounded));
    }
  },
  /** What a zone taken wrongly does to a day. */
  RE_ZONED(Level.SAMPLE) {
    @Override
    void strike(OtherClient org, int row, Random random) throws IOException, InterruptedException {
      LocalDate day = LocalDate.parse(SabotagedSite.row(row).get("Customer_Since__c"));
      String other = day.plusDays(random.nextBoolean() ? 1 : -1).toString();
      put(org, SabotagedSite.key(row), Map.of("Customer_Since__c", other));
    }
  },
  NULLED(Level.SAMPLE) {
    @Override
    void strike(OtherClient org, int row, Random random) throws IOException, InterruptedException {
      String field =
          one(
              random,
              "Phone",
              "Email__c",
              "Credit_Limit__c",
              "Customer_Since__c",
              "Active__c",
              "Description");
      org.upsert(
          "Account", SabotagedSite.KEY, SabotagedSite.key(row), "{\"%s\":null}".formatted(field));
    }
  };

  /** The lowest at which it must be found. */
  final Level level;

  OrgSabotage(Level level) {
    this.level = level;
  }

  abstract void strike(OtherClient org, int row, Random random)
      throws IOException, InterruptedException;

  /** Makes the row again what it was loaded as. */
  void repair(OtherClient org, int row) throws IOException, InterruptedException {
    put(org, SabotagedSite.key(row), SabotagedSite.row(row));
  }

  private static void put(OtherClient org, String key, Map<String, String> fields)
      throws IOException, InterruptedException {
    StringBuilder json = new StringBuilder();
    fields.forEach(
        (field, text) ->
            json.append(json.isEmpty() ? "{" : ",")
                .append("\"%s\":\"%s\"".formatted(field, text.replace("\n", "\\n"))));
    org.upsert("Account", SabotagedSite.KEY, key, json + "}");
  }

  private static String copy(int row) {
    return "copy-of-" + SabotagedSite.key(row);
  }

  private static int next(int row) {
    return row % SabotagedSite.ROWS + 1;
  }

  private static String one(Random random, String... of) {
    return of[random.nextInt(of.length)];
  }
}
