package org.panscope.trace.chrome;

import org.jspecify.annotations.Nullable;

/// What an event of Chrome's format stands for: the key `ph`.
enum ChromePhase {
    BEGIN("begin"),
    END("end"),
    COMPLETE("complete"),
    INSTANT("instant"),
    COUNTER("counter"),
    ASYNC_BEGIN("async_begin"),
    ASYNC_STEP("async_step"),
    ASYNC_END("async_end"),
    FLOW_BEGIN("flow_begin"),
    FLOW_STEP("flow_step"),
    FLOW_END("flow_end"),
    OBJECT_CREATED("object_created"),
    OBJECT_SNAPSHOT("object_snapshot"),
    OBJECT_DESTROYED("object_destroyed"),
    SAMPLE("sample");

    private final String label;

    ChromePhase(String label) {
        this.label = label;
    }

    /// Value of the field `phase`.
    String label() {
        return label;
    }

    boolean isAsync() {
        return this == ASYNC_BEGIN || this == ASYNC_STEP || this == ASYNC_END;
    }

    boolean isFlow() {
        return this == FLOW_BEGIN || this == FLOW_STEP || this == FLOW_END;
    }

    /// The phase with this letter, or null for one without a meaning here.
    static @Nullable ChromePhase of(String letter) {
        return switch (letter) {
            case "B" -> BEGIN;
            case "E" -> END;
            case "X" -> COMPLETE;
            case "i", "I", "R" -> INSTANT;
            case "C" -> COUNTER;
            case "b", "S" -> ASYNC_BEGIN;
            case "n", "T", "p" -> ASYNC_STEP;
            case "e", "F" -> ASYNC_END;
            case "s" -> FLOW_BEGIN;
            case "t" -> FLOW_STEP;
            case "f" -> FLOW_END;
            case "N" -> OBJECT_CREATED;
            case "O" -> OBJECT_SNAPSHOT;
            case "D" -> OBJECT_DESTROYED;
            case "P" -> SAMPLE;
            default -> null;
        };
    }
}
