package io.initload.salesforce.wire;

import io.initload.Failure;
import io.initload.PemKey;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAKey;
import java.security.spec.PKCS8EncodedKeySpec;

/** Reads the RSA key of the JWT bearer flow. */
final class PrivateKeyFile {
  private static final int BITS_MIN = 2_048;

  private PrivateKeyFile() {}

  /**
   * The key.
   *
   * @throws Failure {@code ORG_KEY} when the file cannot be read, is open to every user of the
   *     machine, or holds no such key of 2,048 bits or more
   */
  static PrivateKey read(Path file) {
    PemKey pem = new PemKey(file, "ORG_KEY", "target.auth.privateKeyFile");
    PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(pem.bytes());
    try {
      return strong(pem, KeyFactory.getInstance("RSA").generatePrivate(encoded));
    } catch (GeneralSecurityException e) {
      throw pem.bad("its content is not an RSA key", "Make a new key pair of type RSA.");
    }
  }

  private static PrivateKey strong(PemKey pem, PrivateKey key) {
    int bits = key instanceof RSAKey rsa ? rsa.getModulus().bitLength() : 0;
    if (bits < BITS_MIN) {
      throw pem.bad(
          "it is an RSA key of %,d bits".formatted(bits),
          "Make a new key pair of at least %,d bits and give its certificate to the app."
              .formatted(BITS_MIN));
    }
    return key;
  }
}
