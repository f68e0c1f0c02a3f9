package io.initload.cli.init;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.cli.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code init} says where it cannot do what it was told, and that the advice helps. */
@Tag("system")
class InitMistakesTest {
  @TempDir Path directory;

  private InitSite site;

  @BeforeEach
  void open() throws IOException {
    site = InitSite.of(PublishedSchema.northwind(), directory);
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void aFileThatIsThereIsLeftAsItIs() throws IOException {
    Files.writeString(site.config(), "mine");
    assertThat(site.init().exits(1).err()).contains("error INIT_EXISTS", "--output");
    assertThat(site.config()).hasContent("mine");
    Files.move(site.config(), directory.resolve("away.yaml"));
    site.init("--table", "Shippers").exits(0);
  }

  @Test
  void aDirectoryThatIsNotThereIsToldBeforeAnythingIsLost() {
    String missing = directory.resolve("none").resolve("first.yaml").toString();
    String logins = site.logins().toString();
    assertThat(Shell.run("init", "-c", logins, "-o", missing, "--no-ask").exits(2).err())
        .contains("error INIT_FILE", "there is no such directory", "--output");
    site.init("--table", "Shippers").exits(0);
  }

  @Test
  void whereNothingMatchesTheObjectsCanBeNamed() throws IOException {
    assertThat(site.init("--table", "Orders").exits(1).err())
        .contains("error INIT_NOTHING", "PUBLIC.Orders: Order requires EffectiveDate, Status")
        .contains("--object TABLE=OBJECT");
    assertThat(site.config()).doesNotExist();
    site.init("--table", "Orders", "--object", "Orders=Shipper__c").exits(0);
    assertThat(Files.readString(site.config())).contains("# certain: chosen", "object: Shipper__c");
  }

  @Test
  void namesThatAreNotThereAreToldWithTheNearest() {
    assertThat(site.init("--schema", "PUBLIK").exits(1).err())
        .contains("error USAGE", "PUBLIK", "did you mean PUBLIC?");
    assertThat(site.init("--table", "Order").exits(1).err())
        .contains("error SOURCE_TABLE", "Orders");
    assertThat(site.init("--object", "Ordes=Order").exits(1).err())
        .contains("error USAGE", "--object Ordes", "PUBLIC.Orders");
    assertThat(site.init("--object", "Orders=Odrer").exits(1).err())
        .contains("error ORG_OBJECT", "did you mean Order?");
    assertThat(site.config()).doesNotExist();
  }

  @Test
  void aFileWithTablesIsNoBeginning() throws IOException {
    Files.writeString(site.logins(), Files.readString(site.logins()) + "phases: [all]\n");
    assertThat(site.init().exits(1).err())
        .contains("error CONFIG", "phases", "name, source and target");
  }
}
