package io.initload.simulator.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;

/**
 * A key and a certificate for 127.0.0.1 and localhost that is its own authority: clients must be
 * told to trust {@link #pem}. Made anew for each org; the key never leaves the process. Immutable.
 */
public final class TlsIdentity {
  private static final Duration VALID_BEFORE = Duration.ofDays(1);
  private static final Duration VALID_AFTER = Duration.ofDays(365);
  private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid(1, 2, 840, 10045, 4, 3, 2));
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final KeyPair keys;
  private final X509Certificate certificate;

  private TlsIdentity(KeyPair keys, X509Certificate certificate) {
    this.keys = keys;
    this.certificate = certificate;
  }

  /** A new identity, valid for a year of real time. */
  public static TlsIdentity create(InstantSource realTime) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair keys = generator.generateKeyPair();
      byte[] signed = toBeSigned(keys, realTime);
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(signed);
      byte[] encoded = Der.sequence(signed, ECDSA_WITH_SHA256, Der.bits(0, signature.sign()));
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(encoded));
      return new TlsIdentity(keys, certificate);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot make an EC certificate", e);
    }
  }

  private static byte[] toBeSigned(KeyPair keys, InstantSource realTime)
      throws GeneralSecurityException {
    byte[] name =
        Der.sequence(Der.set(Der.sequence(Der.oid(2, 5, 4, 3), Der.text("initload simulator"))));
    byte[] publicKey = keys.getPublic().getEncoded();
    byte[] keyId = MessageDigest.getInstance("SHA-1").digest(publicKey);
    return Der.sequence(
        Der.explicit(0, Der.integer(BigInteger.TWO)),
        Der.integer(new BigInteger(127, new SecureRandom()).setBit(126)),
        ECDSA_WITH_SHA256,
        name,
        Der.sequence(
            Der.time(realTime.instant().minus(VALID_BEFORE)),
            Der.time(realTime.instant().plus(VALID_AFTER))),
        name,
        publicKey,
        Der.explicit(
            3,
            Der.sequence(
                critical(19, Der.sequence(Der.yes())),
                critical(15, Der.bits(2, new byte[] {(byte) 0x84})),
                extension(14, Der.octets(keyId)),
                extension(
                    17,
                    Der.sequence(
                        Der.tagged(0x82, "localhost".getBytes(StandardCharsets.US_ASCII)),
                        Der.tagged(0x87, LOOPBACK))))));
  }

  private static byte[] critical(int number, byte[] value) {
    return Der.sequence(Der.oid(2, 5, 29, number), Der.yes(), Der.octets(value));
  }

  private static byte[] extension(int number, byte[] value) {
    return Der.sequence(Der.oid(2, 5, 29, number), Der.octets(value));
  }

  /** What clients trust. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** The certificate as text, for {@code verify=} and {@code NODE_EXTRA_CA_CERTS}. */
  public String pem() {
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
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
          "simulator", keys.getPrivate(), password, new X509Certificate[] {certificate});
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this Java has no usable key store", e);
    }
  }
}
