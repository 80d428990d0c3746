package org.panscope.app.open;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/// Asks a person for a file. Tests answer without a dialog.
@FunctionalInterface
public interface FileChoice {
    /// The file chosen, or null when the person changed their mind.
    @Nullable Path chooseTrace();
}
