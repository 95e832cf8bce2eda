package io.fovea.importer;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The order of names in which people number: frame2 before frame10. */
final class NameOrder implements Comparator<String> {

    private static final Pattern PIECE = Pattern.compile("\\d+|\\D+");

    @Override
    public int compare(String one, String other) {
        String[] ones = pieces(one);
        String[] others = pieces(other);
        for (int i = 0; i < Math.min(ones.length, others.length); i++) {
            int order = isNumber(ones[i]) && isNumber(others[i])
                    ? new BigInteger(ones[i]).compareTo(new BigInteger(others[i]))
                    : ones[i].compareTo(others[i]);
            if (order != 0) return order;
        }
        return ones.length != others.length ? Integer.compare(ones.length, others.length) : one.compareTo(other);
    }

    private static String[] pieces(String name) {
        return PIECE.matcher(name).results().map(MatchResult::group).toArray(String[]::new);
    }

    private static boolean isNumber(String piece) {
        return piece.charAt(0) >= '0' && piece.charAt(0) <= '9';
    }
}
