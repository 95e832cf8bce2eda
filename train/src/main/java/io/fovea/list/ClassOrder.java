package io.fovea.list;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The order of classes that no source numbers: by number if all are whole numbers, else alphabetical. */
public final class ClassOrder {

    /** Tables write whole numbers as 3.0 too, and a file of a million pictures has no label of more digits. */
    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,18}(?:\\.0{1,6})?");

    private ClassOrder() {}

    public static boolean isWhole(String name) {
        return WHOLE.matcher(name).matches();
    }

    /** Returns class names in their order. */
    public static List<String> sorted(List<String> names) {
        Comparator<String> order = names.stream().allMatch(ClassOrder::isWhole)
                ? Comparator.comparing(BigDecimal::new)
                : Comparator.naturalOrder();
        return names.stream().sorted(order).toList();
    }

    /** Returns what two names share that mean the same: their number, or their letters in one case and one form of accents. */
    public static String identity(String name) {
        if (isWhole(name)) return new BigDecimal(name).toBigInteger().toString();
        return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }
}
