package org.panscope.app.open;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/// Asks a person for a file. Tests answer without a dialog.
@FunctionalInterface
public interface FileChoice {
    /// The file chosen, or null when the person changed their mind.
    @Nullable Path chooseTrace();

    /// Where to write, or null when the person changed their mind.
    ///
    /// @param name what the file is called unless they say otherwise
    default @Nullable Path chooseTarget(String name) {
        return null;
    }
}
