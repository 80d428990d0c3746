package org.panscope.core.state.view;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.ObjectId;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One register block of a machine.
///
/// @param kind what it is
/// @param id the object of the state that holds its words
public record RegisterBlock(RegisterKind kind, ObjectId id) {
    /// The register map.
    public static final RegisterBlock GPU =
            new RegisterBlock(RegisterKind.GPU, new ObjectId("device", "gpu"));

    private static final Pattern INTERFACE = Pattern.compile("GLB|CSG\\d{1,4}(\\.CS\\d{1,4})?");
    private static final String IFACE = "iface";

    /// A block named as in events: `GLB`, `CSG0`, `CSG0.CS1`; null for any other name.
    public static @Nullable RegisterBlock ofInterface(String name) {
        Matcher matcher = INTERFACE.matcher(name);
        if (!matcher.matches()) {
            return null;
        }
        RegisterKind kind =
                name.equals("GLB")
                        ? RegisterKind.GLB
                        : matcher.group(1) == null ? RegisterKind.CSG : RegisterKind.CS;
        return new RegisterBlock(kind, new ObjectId(IFACE, name));
    }

    /// The block an object of the state stands for, or null when it stands for none.
    public static @Nullable RegisterBlock of(ObjectId id) {
        return switch (id.kind()) {
            case IFACE -> ofInterface(id.key());
            case "queue" -> new RegisterBlock(RegisterKind.USER_IO, id);
            case "as" -> new RegisterBlock(RegisterKind.AS, id);
            case "device" -> id.equals(GPU.id()) ? GPU : null;
            default -> null;
        };
    }

    /// `CSG0.CS1`, `AS 2`, `queue 1.0 user I/O`.
    public String title() {
        return switch (kind) {
            case GLB, CSG, CS -> id.key();
            case AS -> "AS " + id.key();
            case USER_IO -> "queue " + id.key() + " user I/O";
            case GPU -> kind.title();
        };
    }
}
