package org.panscope.app.shell;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.Locale;
import java.util.Map;

/// Whether this machine can show a window, and if not, what it lacks.
public final class Display {
    private static final String GTK = "libgtk-3.so.0";

    private Display() {}

    /// Whether a window can be shown.
    public static boolean isAvailable() {
        return problem() == null;
    }

    /// One sentence on what is missing and what to do about it.
    public static String whyNot() {
        String problem = problem();
        return problem == null ? "the display is available" : problem;
    }

    private static @Nullable String problem() {
        if ("Headless".equals(System.getProperty("glass.platform"))) {
            return null;
        }
        boolean linux =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
        return linux ? problemOnLinux(System.getenv()) : null;
    }

    static @Nullable String problemOnLinux(Map<String, String> environment) {
        if (environment.getOrDefault("DISPLAY", "").isEmpty()) {
            return "the window needs a display and DISPLAY is not set;"
                    + " `panscope screenshot` draws the timeline without one";
        }
        return canLoad(GTK)
                ? null
                : "the window needs GTK 3, which is not installed (Debian: apt-get install"
                        + " libgtk-3-0)";
    }

    @SuppressWarnings("restricted") // only asks whether the library is there
    private static boolean canLoad(String library) {
        try (Arena arena = Arena.ofConfined()) {
            return SymbolLookup.libraryLookup(library, arena) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
