package io.initload.simulator.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.wildfly.security.x500.GeneralName;
import org.wildfly.security.x500.cert.BasicConstraintsExtension;
import org.wildfly.security.x500.cert.KeyUsage;
import org.wildfly.security.x500.cert.KeyUsageExtension;
import org.wildfly.security.x500.cert.SelfSignedX509CertificateAndSigningKey;
import org.wildfly.security.x500.cert.SubjectAlternativeNamesExtension;

/**
 * A key and a certificate for 127.0.0.1 and localhost that is its own authority: clients must be
 * told to trust {@link #pem}. Made anew for each org; the key never leaves the process. Immutable.
 */
public final class TlsIdentity {
  private static final Duration VALID_BEFORE = Duration.ofDays(1);
  private static final Duration VALID_AFTER = Duration.ofDays(365);

  private final SelfSignedX509CertificateAndSigningKey identity;

  private TlsIdentity(SelfSignedX509CertificateAndSigningKey identity) {
    this.identity = identity;
  }

  /** A new identity, valid for a year of real time. */
  public static TlsIdentity create(InstantSource realTime) {
    ZonedDateTime now = realTime.instant().atZone(ZoneOffset.UTC);
    return new TlsIdentity(
        SelfSignedX509CertificateAndSigningKey.builder()
            .setDn(new X500Principal("CN=initload simulator"))
            .setKeyAlgorithmName("EC")
            .setKeySize(256)
            .setSignatureAlgorithmName("SHA256withECDSA")
            .setNotValidBefore(now.minus(VALID_BEFORE))
            .setNotValidAfter(now.plus(VALID_AFTER))
            .addExtension(new BasicConstraintsExtension(true, true, -1))
            .addExtension(new KeyUsageExtension(KeyUsage.digitalSignature, KeyUsage.keyCertSign))
            .addExtension(
                new SubjectAlternativeNamesExtension(
                    false,
                    List.of(
                        new GeneralName.DNSName("localhost"),
                        new GeneralName.IPAddress("127.0.0.1"))))
            .build());
  }

  /** What clients trust. */
  public X509Certificate certificate() {
    return identity.getSelfSignedCertificate();
  }

  /** The certificate as text, for {@code verify=} and {@code NODE_EXTRA_CA_CERTS}. */
  public String pem() {
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate().getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the certificate cannot be written", e);
    }
  }

  /** Writes {@link #pem} to a file, which is no secret. */
  public void writePem(Path file) {
    try {
      Files.writeString(file, pem());
    } catch (IOException e) {
      throw new UncheckedIOException("the certificate cannot be written to " + file, e);
    }
  }

  /**
   * Key and certificate for a server in this process; the password protects nothing, as it stays in
   * memory.
   */
  public KeyStore keyStore(char[] password) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "simulator", identity.getSigningKey(), password, new X509Certificate[] {certificate()});
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this Java has no usable key store", e);
    }
  }
}
