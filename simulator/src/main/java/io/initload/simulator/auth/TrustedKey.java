package io.initload.simulator.auth;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what an administrator uploads to a connected app for the JWT bearer flow. */
public final class TrustedKey {
  private static final Pattern PUBLIC_KEY =
      Pattern.compile("-----BEGIN PUBLIC KEY-----([^-]+)-----END PUBLIC KEY-----");

  private TrustedKey() {}

  /**
   * The RSA key of a PEM file that holds a certificate or a public key.
   *
   * @throws IllegalArgumentException if it holds neither; the message names the file
   */
  public static RSAPublicKey file(Path file) {
    PublicKey key;
    try {
      String text = Files.readString(file, StandardCharsets.US_ASCII);
      Matcher bare = PUBLIC_KEY.matcher(text);
      key =
          bare.find()
              ? KeyFactory.getInstance("RSA")
                  .generatePublic(
                      new X509EncodedKeySpec(Base64.getMimeDecoder().decode(bare.group(1))))
              : CertificateFactory.getInstance("X.509")
                  .generateCertificate(
                      new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)))
                  .getPublicKey();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          file + " holds no certificate and no public key in PEM: " + e.getMessage(), e);
    }
    if (key instanceof RSAPublicKey rsa) {
      return rsa;
    }
    throw new IllegalArgumentException(
        file + " holds a key of " + key.getAlgorithm() + "; the JWT bearer flow takes RSA");
  }
}
