package io.initload.cli.shell;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.Failure;
import io.initload.PemKey;
import io.initload.report.CertificateJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/**
 * Signs certificates with a key of the user's: a detached signature over the canonical form, in a
 * file beside, which anybody can verify with standard tools ({@code docs/certificate.md}).
 */
public final class Seal {
  /** Kinds of keys, and how each signs. */
  private static final List<Kind> KINDS =
      List.of(
          new Kind("Ed25519", "Ed25519"),
          new Kind("EC", "SHA256withECDSA"),
          new Kind("RSA", "SHA256withRSA"));

  private record Kind(String name, String algorithm) {}

  private static final int RSA_BITS_MIN = 2_048;

  private final PemKey pem;
  private final PrivateKey key;
  private final String algorithm;

  private Seal(PemKey pem, PrivateKey key, String algorithm) {
    this.pem = pem;
    this.key = key;
    this.algorithm = algorithm;
  }

  /**
   * Reads the key.
   *
   * @throws Failure {@code CERTIFICATE_KEY} when the file cannot be used
   */
  public static Seal of(Path file) {
    PemKey pem = new PemKey(file, "CERTIFICATE_KEY", "reconcile.signingKeyFile");
    PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(pem.bytes());
    for (Kind kind : KINDS) {
      try {
        PrivateKey key = KeyFactory.getInstance(kind.name()).generatePrivate(encoded);
        return new Seal(pem, strong(pem, key), kind.algorithm());
      } catch (InvalidKeySpecException e) {
        // It is of another kind.
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
    throw pem.bad(
        "its key is of no kind that is known here",
        "Make one of type Ed25519: openssl genpkey -algorithm ed25519 -out " + file + ".");
  }

  private static PrivateKey strong(PemKey pem, PrivateKey key) {
    if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() < RSA_BITS_MIN) {
      throw pem.bad(
          "it is an RSA key of %,d bits".formatted(rsa.getModulus().bitLength()),
          "Make one of type Ed25519, or an RSA key of at least %,d bits.".formatted(RSA_BITS_MIN));
    }
    return key;
  }

  /**
   * Signs a document.
   *
   * @param certificate the file that it is in; the signature goes into the file beside it
   * @return that file
   * @throws Failure {@code REPORT_FILE} when it cannot be written
   */
  public Path sign(JsonNode document, Path certificate) {
    Path file = certificate.resolveSibling(certificate.getFileName() + ".sig");
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(CertificateJson.canonical(document).getBytes(StandardCharsets.UTF_8));
      Files.write(file, signature.sign());
      return file;
    } catch (GeneralSecurityException e) {
      throw pem.bad("it cannot sign: " + e.getMessage(), "Make a new key pair.");
    } catch (IOException e) {
      throw ReportFile.unwritable(file, e);
    }
  }
}
