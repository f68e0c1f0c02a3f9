package io.initload.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import io.initload.config.SourceConfig;
import io.initload.config.SourceConfigs;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The ways to name an Oracle in {@code source.url} (docs/oracle.md, "Addresses"). */
@ExtendWith(PostgresServer.Provider.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("system")
class WireAddressTest {
  private static final String DESCRIPTOR =
      "(DESCRIPTION=(ADDRESS=(PROTOCOL=%s)(HOST=localhost)(PORT=%d))(CONNECT_DATA=(SERVICE_NAME=STANDIN)))";

  private final WireOracle oracle;
  private final WireOracle.User user;
  private final Path wallet;
  private final Path admin;

  WireAddressTest(PostgresServer server, @TempDir Path directory) throws Exception {
    TlsFiles tls = new TlsFiles(directory);
    oracle = WireOracle.start(server.database(), "--tls", tls.server().toString());
    user = oracle.user("SELECT ON SYS.V_$DATABASE");
    wallet = tls.wallet();
    admin = Files.createDirectory(directory.resolve("admin"));
  }

  @BeforeAll
  void names() throws Exception {
    Files.writeString(
        admin.resolve("tnsnames.ora"),
        "PLAIN = %s%nSECURE = %s%n"
            .formatted(
                DESCRIPTOR.formatted("tcp", oracle.port()),
                DESCRIPTOR.formatted("tcps", oracle.port())));
    Files.writeString(
        admin.resolve("ojdbc.properties"), "oracle.net.wallet_location=%s%n".formatted(wallet));
  }

  @AfterAll
  void stop() {
    oracle.close();
  }

  @Test
  void aWalletTellsWhomToTrust() {
    String url = "tcps://localhost:%d/STANDIN".formatted(oracle.port());
    assertThat(loggedInto(url + "?wallet_location=" + wallet)).isTrue();
    failsFor(url, "SOURCE_CONNECT", "trust store or wallet");
  }

  @Test
  void namesAreLookedUpWhereTnsAdminSays() {
    assertThat(loggedInto("PLAIN?TNS_ADMIN=" + admin)).isTrue();
    assertThat(loggedInto("SECURE?TNS_ADMIN=" + admin))
        .as("with the wallet that ojdbc.properties beside the names tells")
        .isTrue();
    failsFor("NONE?TNS_ADMIN=" + admin, "SOURCE_UNREACHABLE", "Check host and service");
  }

  @Test
  void aDirectoryKnowsNamesToo() throws Exception {
    InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=acme,dc=example");
    config.setSchema(null);
    config.setListenerConfigs(
        InMemoryListenerConfig.createLDAPConfig(
            "names", InetAddress.getLoopbackAddress(), 0, null));
    try (InMemoryDirectoryServer directory = new InMemoryDirectoryServer(config)) {
      directory.add("dn: dc=acme,dc=example", "objectClass: domain", "dc: acme");
      directory.add(
          "dn: cn=OracleContext,dc=acme,dc=example",
          "objectClass: orclContext",
          "cn: OracleContext");
      directory.add(
          "dn: cn=CRM,cn=OracleContext,dc=acme,dc=example",
          "objectClass: orclNetService",
          "cn: CRM",
          "orclNetDescString: " + DESCRIPTOR.formatted("tcp", oracle.port()));
      directory.startListening();
      String url =
          "ldap://localhost:%d/%%s,cn=OracleContext,dc=acme,dc=example"
              .formatted(directory.getListenPort());
      assertThat(loggedInto(url.formatted("CRM"))).isTrue();
      failsFor(url.formatted("NONE"), "SOURCE_UNREACHABLE", "Check host and service");
    }
  }

  private boolean loggedInto(String address) {
    try (SourceDatabase database = SourceDatabase.open(config(address))) {
      return database.identity().name().equals("STANDIN/STANDIN");
    }
  }

  private void failsFor(String address, String code, String remedy) {
    assertThatThrownBy(() -> SourceDatabase.open(config(address)))
        .isInstanceOfSatisfying(
            SourceFailure.class,
            e -> {
              assertThat(e.code()).as(e.getMessage()).isEqualTo(code);
              assertThat(e.action()).isEqualTo(SourceFailure.Action.STOP);
              assertThat(e.remedy()).contains(remedy);
            });
  }

  private SourceConfig config(String address) {
    return SourceConfigs.of("jdbc:oracle:thin:@" + address, user.name(), user.password()).build();
  }
}
