package org.panscope.core.state.view;

import java.util.Locale;

/// Kinds of register blocks.
public enum RegisterKind {
    /// The global firmware interface.
    GLB("Global interface"),
    /// A command stream group interface.
    CSG("CSG interface"),
    /// A command stream interface.
    CS("CS interface"),
    /// The user input and output pages of a queue.
    USER_IO("User I/O pages"),
    /// The register map, without address spaces.
    GPU("GPU registers"),
    /// The registers of one MMU address space.
    AS("Address space");

    private final String title;

    RegisterKind(String title) {
        this.title = title;
    }

    /// What people call it.
    public String title() {
        return title;
    }

    static RegisterKind parse(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
