package org.panscope.core.scenario;

import org.jspecify.annotations.Nullable;

/// A scenario that cannot be run as it is written. The message names file, line, column and cause.
public final class ScenarioException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Place place;

    ScenarioException(String file, Place place, String message) {
        super(file + ":" + place + ": " + message);
        this.place = place;
    }

    /// For what no place in the file is to blame for, such as a setting given on the command line.
    ScenarioException(String source, String message) {
        super(source + ": " + message);
        this.place = null;
    }

    /// Where, or null when the file is not to blame.
    public @Nullable Place place() {
        return place;
    }
}
