package org.panscope.core.filter;

import org.jspecify.annotations.Nullable;
import org.panscope.core.filter.FilterExpr.Name;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.RecordType;
import org.panscope.trace.schema.Vocabulary;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/// The names a filter may use: what every event carries, then the fields of the trace's types, then
/// those of the vocabulary, so that a saved filter is valid for a trace that lacks a type.
public final class FilterFields {
    /// Names every event has. They win over an event field of the same name, which is then written
    /// `fields.NAME`.
    public static final List<String> COMMON =
            List.of(
                    "seq", "t", "dt", "type", "layer", "track", "cause", "cpu", "pid", "comm",
                    "context", "locks");

    static final String EXPLICIT = "fields.";

    private final SortedSet<String> fieldNames = new TreeSet<>();
    private final SortedSet<String> typeNames = new TreeSet<>();

    FilterFields(List<EventTypeInfo> own) {
        List<EventTypeInfo> types = new ArrayList<>(own);
        for (RecordType known : Vocabulary.get().types()) {
            types.add(known.info());
        }
        for (EventTypeInfo type : types) {
            typeNames.add(type.name());
            for (FieldInfo field : type.fields()) {
                fieldNames.add(field.name());
            }
        }
    }

    /// Every name that may stand left of an operator, common ones first.
    public List<String> names() {
        List<String> names = new ArrayList<>(COMMON);
        for (String field : fieldNames) {
            names.add(COMMON.contains(field) ? EXPLICIT + field : field);
        }
        return names;
    }

    /// Names of all types of the trace and of the vocabulary.
    public SortedSet<String> typeNames() {
        return typeNames;
    }

    /// The plain name of an event field.
    ///
    /// @throws FilterException if there is none of that name
    String eventField(Name name) throws FilterException {
        String plain =
                name.text().startsWith(EXPLICIT)
                        ? name.text().substring(EXPLICIT.length())
                        : name.text();
        if (!fieldNames.contains(plain)) {
            throw new FilterException(
                    name.at().offset(),
                    "no field is named '" + name.text() + "'" + hint(name.text(), names()));
        }
        return plain;
    }

    /// `; did you mean …?` for the nearest candidate, or nothing when none is near.
    public static String hint(String wrong, Collection<String> candidates) {
        String near = nearest(wrong, candidates);
        return near == null ? "" : "; did you mean '" + near + "'?";
    }

    private static @Nullable String nearest(String wrong, Collection<String> candidates) {
        String lower = wrong.toLowerCase(Locale.ROOT);
        String best = null;
        int bestDistance = Math.max(1, wrong.length() / 3) + 1;
        for (String candidate : candidates) {
            int distance = distance(lower, candidate.toLowerCase(Locale.ROOT));
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        if (best != null || lower.length() < 3) {
            return best;
        }
        for (String candidate : candidates) {
            if (candidate.toLowerCase(Locale.ROOT).contains(lower)) {
                return candidate;
            }
        }
        return null;
    }

    /// Levenshtein distance.
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replace, 1 + Math.min(previous[j], row[j - 1]));
            }
            previous = row;
        }
        return previous[b.length()];
    }
}
