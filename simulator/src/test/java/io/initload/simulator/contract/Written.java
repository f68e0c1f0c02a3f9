package io.initload.simulator.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.simulator.OrgOptions;
import io.initload.simulator.setup.OrgSetup;
import java.util.List;

/** Loads rows into an org that an administrator has set up, and says what became of them. */
final class Written implements AutoCloseable {
  final Org org;

  private Written(OrgOptions options) {
    this.org = Org.simulated(options);
  }

  /** An org with a setup and switches, each as {@code name=value}. */
  static Written into(String setup, String... switches) {
    OrgOptions options = OrgOptions.defaults().setup(OrgSetup.yaml(setup));
    for (String each : switches) {
      String[] parts = each.split("=", 2);
      options = options.set(parts[0], parts[1]);
    }
    return new Written(options);
  }

  /** The errors of rows that are upserted by {@code External_ID__c}, in no particular order. */
  List<String> upsert(String object, String csv) {
    return errors(org.upsert(object, csv));
  }

  /** The errors of rows of any operation. */
  List<String> load(String object, String operation, String csv) {
    return errors(org.load(object, operation, "", csv));
  }

  private List<String> errors(String job) {
    assertThat(org.job(job).path("state").asText()).as("%s", org.job(job)).isEqualTo("JobComplete");
    return Csv.column(org.results(job, "failedResults"), "sf__Error");
  }

  /** The first column of the first row of a query. */
  String value(String soql) {
    String field = soql.split("[ ,]+", 3)[1];
    var record = org.query(soql).path("records").get(0);
    assertThat(record).as(soql).isNotNull();
    return record.at("/" + field.replace('.', '/')).asText();
  }

  long count(String from) {
    return org.query("SELECT COUNT() FROM " + from).path("totalSize").asLong();
  }

  @Override
  public void close() {
    org.close();
  }
}
