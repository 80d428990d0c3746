package org.panscope.core.capture;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.Event;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What the markers of a whole trace say of its clients together: which address spaces their groups
/// and XGS queues use, and in which mode the queues of a group run. Learnt before any marker is
/// translated, so that a translation depends on nothing but the marker.
///
/// ASSUMPTION: a client whose groups and XGS queues name one address space only has no other.
final class Psm1Clients {
    /// Clients, and groups, beyond which nothing more is learnt: a damaged capture may name a new
    /// one in every marker.
    private static final int MOST_KEPT = 100_000;

    private final Map<String, Set<Long>> vmsOfFile = new TreeMap<>();
    private final Map<String, Set<String>> modesOfGroup = new TreeMap<>();

    /// Takes in one marker.
    ///
    /// @param file the DRM file it is about, as `process.file`
    void learn(String file, Event marker) {
        if (!(marker.value("verb") instanceof String verb)) {
            return;
        }
        if ((verb.equals("grp") || verb.equals("xq")) && marker.value("vm") instanceof Long vm) {
            add(vmsOfFile, file, vm);
        } else if (verb.equals("que")
                && marker.value("mode") instanceof String mode
                && marker.value("g") instanceof Long group) {
            add(modesOfGroup, file + "." + group, mode);
        }
    }

    /// The only address space of a file, or null when there are several or none is known.
    @Nullable Long onlyVm(String file) {
        return only(vmsOfFile.get(file));
    }

    /// Whether the queues of a group are driven by the application; null when the markers do not
    /// say or disagree.
    @Nullable Boolean isUserSubmit(String file, long group) {
        return switch (only(modesOfGroup.get(file + "." + group))) {
            case "user" -> true;
            case "kernel" -> false;
            case null, default -> null;
        };
    }

    private static <T> void add(Map<String, Set<T>> sets, String key, T value) {
        Set<T> known = sets.get(key);
        if (known == null && sets.size() < MOST_KEPT) {
            known = new LinkedHashSet<>();
            sets.put(key, known);
        }
        if (known != null && known.size() < 2) {
            known.add(value);
        }
    }

    private static <T> @Nullable T only(@Nullable Set<T> values) {
        return values != null && values.size() == 1 ? values.iterator().next() : null;
    }
}
