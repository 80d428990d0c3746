package org.panscope.core.state.view;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What every register and interface word is called and what its bits mean, from the declarations
/// in `registers.txt`. Knows nothing of the emulator: it reads captures as well.
///
/// The layout of some words depends on the version of the firmware interface; a catalog is that of
/// one version.
///
/// kernel: panthor_fw.h, panthor_regs.h
public final class RegisterCatalog {
    /// The interface of the first firmware panthor supported.
    private static final int FIRST_VERSION = version(1, 0);

    /// The first version whose `req.STATE` is a value.
    private static final int STATE_VERSION = version(4, 1);

    private static final Pattern ADDRESS_SPACE = Pattern.compile("AS\\d{1,2}_(\\w+)");

    private static final RegisterCatalog EARLY = RegisterTable.read(FIRST_VERSION);
    private static final RegisterCatalog LATE = RegisterTable.read(STATE_VERSION);

    private final Map<RegisterKind, Map<String, RegisterWord>> words =
            new EnumMap<>(RegisterKind.class);
    private final Map<RegisterKind, List<RegisterPair>> pairs = new EnumMap<>(RegisterKind.class);

    RegisterCatalog(List<RegisterWord> all, List<RegisterPair> pairs) {
        for (RegisterWord word : all) {
            Map<String, RegisterWord> ofKind =
                    words.computeIfAbsent(word.kind(), _ -> new LinkedHashMap<>());
            if (ofKind.put(key(word.name()), word) != null) {
                throw new IllegalArgumentException(word.kind() + " has two words " + word.name());
            }
        }
        for (RegisterPair pair : pairs) {
            this.pairs.computeIfAbsent(pair.request().kind(), _ -> new ArrayList<>()).add(pair);
        }
    }

    /// The catalog of interfaces before 4.1, such as the emulator's.
    public static RegisterCatalog standard() {
        return EARLY;
    }

    /// The catalog for the `version` word a firmware left in GLB_CONTROL.
    public static RegisterCatalog ofInterface(long versionWord) {
        int version = version((int) (versionWord >>> 24) & 0xff, (int) (versionWord >>> 16) & 0xff);
        return version < STATE_VERSION ? EARLY : LATE;
    }

    /// A version as a number that sorts.
    static int version(int major, int minor) {
        return (major << 8) | minor;
    }

    /// A word by name, in upper or lower case, or null when the block has none of that name.
    public @Nullable RegisterWord lookup(RegisterKind kind, String name) {
        return words.getOrDefault(kind, Map.of()).get(key(name));
    }

    /// A word of a block named as in events (`GLB`, `CSG0`, `CSG0.CS1`), or null.
    public @Nullable RegisterWord lookup(String block, String name) {
        RegisterBlock parsed = RegisterBlock.ofInterface(block);
        return parsed == null ? null : lookup(parsed.kind(), name);
    }

    /// A register by its name in events: `GPU_STATUS`, `AS2_COMMAND`; or null.
    public @Nullable RegisterWord register(String name) {
        RegisterWord word = lookup(RegisterKind.GPU, name);
        Matcher ofSpace = ADDRESS_SPACE.matcher(name);
        return word == null && ofSpace.matches() ? lookup(RegisterKind.AS, ofSpace.group(1)) : word;
    }

    /// Every word of a kind of block, in the order of the parts and their offsets.
    public List<RegisterWord> words(RegisterKind kind) {
        return List.copyOf(words.getOrDefault(kind, Map.of()).values());
    }

    /// Pairs of words that answer each other.
    public List<RegisterPair> pairs(RegisterKind kind) {
        return List.copyOf(pairs.getOrDefault(kind, List.of()));
    }

    /// The pair a word belongs to, or null.
    public @Nullable RegisterPair pairOf(RegisterWord word) {
        for (RegisterPair pair : pairs.getOrDefault(word.kind(), List.of())) {
            if (pair.holds(word.name())) {
                return pair;
            }
        }
        return null;
    }

    /// A value of a word of a block in one line, or its hexadecimal digits when the word is not
    /// known.
    public String text(String block, String name, long value) {
        RegisterWord word = lookup(block, name);
        return word == null ? ValueText.hex(value) : word.text(value);
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
