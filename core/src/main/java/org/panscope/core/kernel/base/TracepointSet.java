package org.panscope.core.kernel.base;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// Which tracepoints are on, in the words of whoever turned them on: `gpu_scheduler:drm_*`, a whole
/// system as `dma_fence`, a name as `irq_handler_entry`, `all`; `*` and `?` are wildcards.
///
/// @param globs the words
public record TracepointSet(List<String> globs) {
    /// As a kernel boots.
    public static final TracepointSet NONE = new TracepointSet(List.of());

    /// Everything there is.
    public static final TracepointSet ALL = new TracepointSet(List.of("all"));

    public TracepointSet {
        globs = List.copyOf(globs);
    }

    /// The set that these words name.
    ///
    /// @throws IllegalArgumentException saying which of them names no tracepoint of any emulated
    ///   kernel, and what there is
    public static TracepointSet of(List<String> globs) {
        for (String glob : globs) {
            boolean matches = false;
            for (Tracepoint tracepoint : Tracepoint.values()) {
                matches |= matches(glob, tracepoint);
            }
            if (!matches) {
                throw new IllegalArgumentException(
                        "\"" + glob + "\" names no tracepoint; there are " + systems() + ", all");
            }
        }
        return new TracepointSet(globs);
    }

    /// Everything that is on here or there.
    public TracepointSet with(TracepointSet other) {
        List<String> both = new ArrayList<>(globs);
        other.globs.stream().filter(glob -> !both.contains(glob)).forEach(both::add);
        return new TracepointSet(both);
    }

    public boolean isEmpty() {
        return globs.isEmpty();
    }

    boolean contains(Tracepoint tracepoint) {
        return globs.stream().anyMatch(glob -> matches(glob, tracepoint));
    }

    private static boolean matches(String glob, Tracepoint tracepoint) {
        String full = tracepoint.system() + ":" + tracepoint.plainName();
        return glob.indexOf(':') >= 0
                ? fits(glob, full)
                : glob.equals("all")
                        || fits(glob, tracepoint.system())
                        || fits(glob, tracepoint.plainName());
    }

    /// Whether a text is of a form with wildcards.
    private static boolean fits(String glob, String text) {
        int at = 0;
        int in = 0;
        int star = -1;
        int starredIn = 0;
        while (in < text.length()) {
            char wanted = at < glob.length() ? glob.charAt(at) : '\0';
            if (wanted == '*') {
                star = at++;
                starredIn = in;
            } else if (at < glob.length() && (wanted == '?' || wanted == text.charAt(in))) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++starredIn;
            } else {
                return false;
            }
        }
        while (at < glob.length() && glob.charAt(at) == '*') {
            at++;
        }
        return at == glob.length();
    }

    private static String systems() {
        SortedSet<String> systems = new TreeSet<>();
        for (Tracepoint tracepoint : Tracepoint.values()) {
            systems.add(tracepoint.system());
        }
        return String.join(", ", systems);
    }
}
