package io.fovea.server;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Who may ask, by name: each has a token. Only hashes (SHA-256) of tokens are held.
 *
 * <p>A browser that has shown its token holds a signed word instead: name, end, and their HMAC-SHA-256 under the token's hash. It stands until its end, over
 * a new start of the server too, and falls with the token. Immutable; threads may share it.
 */
final class Tokens {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,39}");
    private static final int SHORTEST = 16;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final Map<String, byte[]> hashes;

    private Tokens(Map<String, byte[]> hashes) {
        this.hashes = hashes;
    }

    /** Returns a token that nobody guesses: 24 random bytes. */
    static String made() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return BASE64.encodeToString(bytes);
    }

    /**
     * One person's.
     *
     * @throws Problem if the token is too short
     */
    static Tokens of(String name, String token) {
        return new Tokens(Map.of(name, hash(checked(token, "FOVEA_TOKEN"))));
    }

    /**
     * Those of a file: a name and a token in each line; empty lines and lines that begin with # do not count.
     *
     * @throws Problem if it cannot be read, others than its owner may read it, or a line is something else
     */
    static Tokens in(Path file) {
        Map<String, byte[]> hashes = new LinkedHashMap<>();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            String where = file + ", line " + (i + 1);
            if (line.isEmpty() || line.startsWith("#")) continue;
            String[] words = line.split("\\s+");
            if (words.length != 2 || !NAME.matcher(words[0]).matches())
                throw new Problem(
                        "Expected a name and a token.",
                        where,
                        "write such as \"anna " + made() + "\"; a name has letters, digits, dots and dashes");
            byte[] hash = hash(checked(words[1], where));
            boolean isTaken = hashes.values().stream().anyMatch(each -> MessageDigest.isEqual(each, hash));
            if (isTaken || hashes.put(words[0], hash) != null)
                throw new Problem(
                        "The " + (isTaken ? "token" : "name") + " stands in a line before too.",
                        where,
                        "give each person a name and a token of their own");
        }
        if (hashes.isEmpty())
            throw new Problem("The file names nobody.", file.toString(), "write a name and a token in each line");
        return new Tokens(Map.copyOf(hashes));
    }

    private static List<String> lines(Path file) {
        try {
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Set<PosixFilePermission> open = Files.getPosixFilePermissions(file);
                if (open.contains(PosixFilePermission.OTHERS_READ))
                    throw new Problem(
                            "Everybody on this machine may read the tokens.", file.toString(), "chmod 600 " + file);
            }
            return Files.readAllLines(file);
        } catch (IOException failure) {
            throw new Problem(
                    "The tokens cannot be read: " + failure.getMessage() + ".",
                    file.toString(),
                    "check the path given with --tokens, and its permissions",
                    failure);
        }
    }

    private static String checked(String token, String where) {
        if (token.length() >= SHORTEST) return token;
        throw new Problem(
                "A token of " + token.length() + " characters can be guessed.",
                where,
                "take one of at least " + SHORTEST + ", such as " + made());
    }

    /** Returns whose token it is. All are compared, each in the same time. */
    Optional<String> name(String token) {
        byte[] hash = hash(token);
        Optional<String> found = Optional.empty();
        for (Map.Entry<String, byte[]> each : hashes.entrySet())
            if (MessageDigest.isEqual(each.getValue(), hash)) found = Optional.of(each.getKey());
        return found;
    }

    /** Returns the word that a browser may show instead of a token until {@code end}. */
    String word(String name, Instant end) {
        String said = name + ":" + end.getEpochSecond();
        return said + ":" + BASE64.encodeToString(mac(hashes.get(name), said));
    }

    /** Returns who shows such a word, if it is right and not over. */
    Optional<String> signedIn(String word, Instant now) {
        String[] parts = word.split(":");
        if (parts.length != 3 || !hashes.containsKey(parts[0]) || !parts[1].matches("[0-9]{1,12}"))
            return Optional.empty();
        byte[] right = mac(hashes.get(parts[0]), parts[0] + ":" + parts[1]);
        boolean isRight = MessageDigest.isEqual(BASE64.encode(right), parts[2].getBytes(StandardCharsets.UTF_8));
        if (!isRight || Long.parseLong(parts[1]) < now.getEpochSecond()) return Optional.empty();
        return Optional.of(parts[0]);
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }

    private static byte[] mac(byte[] key, String said) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(said.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has HmacSHA256", impossible);
        }
    }
}
