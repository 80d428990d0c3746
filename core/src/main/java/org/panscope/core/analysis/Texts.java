package org.panscope.core.analysis;

import java.util.Collection;
import java.util.Iterator;
import java.util.Locale;

/// How findings write things.
public final class Texts {
    private static final int MAX_LISTED = 8;

    private Texts() {}

    /// `1, 2 and 3`; a long list ends in how many more there are.
    public static String list(Collection<?> things) {
        StringBuilder text = new StringBuilder();
        int count = 0;
        for (Iterator<?> all = things.iterator(); all.hasNext(); count++) {
            if (count == MAX_LISTED) {
                return text + " and " + (things.size() - count) + " more";
            }
            Object thing = all.next();
            text.append(count == 0 ? "" : all.hasNext() ? ", " : " and ").append(thing);
        }
        return text.toString();
    }

    /// Begins a sentence with a capital letter, unless it begins with a name of the kernel's.
    public static String sentence(String text) {
        int end = text.indexOf(' ');
        String first = end < 0 ? text : text.substring(0, end);
        boolean isWord = !first.isEmpty() && first.chars().allMatch(c -> c >= 'a' && c <= 'z');
        return isWord ? Character.toUpperCase(text.charAt(0)) + text.substring(1) : text;
    }

    /// `0x1f`.
    public static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    /// `250 ns`, `1.5 ms`.
    public static String duration(long ns) {
        if (ns < 1_000) {
            return ns + " ns";
        }
        String[] units = {"us", "ms", "s"};
        double value = ns / 1e3;
        int unit = 0;
        while (value >= 1000 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        String number = String.format(Locale.ROOT, "%.3f", value);
        while (number.endsWith("0")) {
            number = number.substring(0, number.length() - 1);
        }
        return (number.endsWith(".") ? number.substring(0, number.length() - 1) : number)
                + " "
                + units[unit];
    }

    /// `1 time`, `2 times`.
    public static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}
