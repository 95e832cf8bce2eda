package io.fovea.dataset;

import io.fovea.image.Target;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The fingerprint of a dataset: SHA-256 over class names, targets, preparation, and for each split its pictures' labels, target values,
 * hashes, and those of their masks.
 *
 * <p>Each split has a digest of its own, taken together at the end, so that pictures of different splits may arrive in any
 * interleaving. For one thread.
 */
public final class ContentHash {

    private final Map<Split, MessageDigest> splits = new EnumMap<>(Split.class);

    public ContentHash() {
        for (Split split : Split.values()) splits.put(split, sha256());
    }

    /** Returns the SHA-256 of bytes. */
    public static byte[] of(byte[] bytes) {
        return sha256().digest(bytes);
    }

    /** Returns the fingerprint of a view on a dataset, in lower-case hex. */
    static String ofView(String whole, DatasetSelection selection) {
        MessageDigest digest = sha256();
        add(digest, whole);
        digest.update(selection.identity());
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Takes the next picture of a split.
     *
     * @param maskHash of its mask; empty where it has none
     */
    public void add(Split split, int label, float[] targets, byte[] pictureHash, byte[] maskHash) {
        MessageDigest digest = splits.get(split);
        digest.update(number(label));
        for (float target : targets) digest.update(number(Float.floatToIntBits(target)));
        digest.update(pictureHash);
        digest.update(maskHash);
    }

    /** Returns the fingerprint in lower-case hex, and begins anew. */
    public String finish(List<String> classNames, List<Target> targets, Preparation preparation) {
        MessageDigest whole = sha256();
        add(
                whole,
                preparation.height() + "x" + preparation.width() + " " + preparation.colorMode() + " "
                        + preparation.resizeMode()
                        + (preparation.cropMargin() == 0 ? "" : " " + preparation.cropMargin()));
        whole.update(number(classNames.size()));
        for (String name : classNames) add(whole, name);
        for (Target target : targets) add(whole, target.name() + " " + target.axis());
        for (Split split : Split.values()) whole.update(splits.get(split).digest());
        return HexFormat.of().formatHex(whole.digest());
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(number(bytes.length));
        digest.update(bytes);
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
