package io.fovea.serve;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Certificate and key for TLS from PEM files, as certificate authorities hand them out. */
final class Encryption {

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private static final char[] PASSWORD = new char[0]; // of a store that stays in memory

    private Encryption() {}

    /**
     * Returns what Jetty encrypts with.
     *
     * @throws Problem if a file cannot be read, or the key is not the certificate's
     */
    static SslContextFactory.Server of(ServerSettings.Tls tls) {
        SslContextFactory.Server factory = new SslContextFactory.Server();
        factory.setKeyStore(store(tls));
        factory.setKeyStorePassword("");
        factory.setSniRequired(false);
        return factory;
    }

    /**
     * Returns what gRPC encrypts with.
     *
     * @throws Problem as {@link #of}
     */
    static KeyManager[] keys(ServerSettings.Tls tls) {
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store(tls), PASSWORD);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java makes keys of a store", impossible);
        }
    }

    private static KeyStore store(ServerSettings.Tls tls) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", key(tls.key()), PASSWORD, chain(tls.certificate()));
            return store;
        } catch (GeneralSecurityException | IOException failure) {
            throw new Problem(
                    "Certificate and key cannot be used: " + failure.getMessage() + ".",
                    tls.certificate() + ", " + tls.key(),
                    "give a certificate and its own key, both as PEM",
                    failure);
        }
    }

    private static Certificate[] chain(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            Certificate[] chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .toArray(Certificate[]::new);
            if (chain.length == 0) throw new GeneralSecurityException("there is no certificate in " + file);
            return chain;
        }
    }

    private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        Matcher key = KEY.matcher(Files.readString(file, StandardCharsets.US_ASCII));
        if (!key.find())
            throw new GeneralSecurityException(
                    "there is no \"BEGIN PRIVATE KEY\" in " + file + " (openssl pkcs8 -topk8 -nodes makes one)");
        byte[] bytes = Base64.getMimeDecoder().decode(key.group(1));
        GeneralSecurityException last = new GeneralSecurityException("unknown kind of key");
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
            } catch (GeneralSecurityException another) {
                last = another;
            }
        }
        throw last;
    }
}
