package org.panscope.core.scenario;

import org.jspecify.annotations.Nullable;
import org.panscope.core.scenario.Values.TextList;
import org.panscope.core.uapi.Errno;

import java.util.List;

/// What the keys of a step must fulfil beyond their own types, checked before it is linked.
final class StepRules {
    private static final List<Long> SHADER_EXCEPTIONS = List.of(0x05L, 0x50L, 0x51L, 0x55L, 0x5bL);
    private static final int LARGEST_RING_BYTES = 65536;

    private StepRules() {}

    static void check(String file, Step step) throws ScenarioException {
        Values args = step.args();
        switch (step.kind()) {
            case KICK -> exactlyOne(file, args, "group", "handle");
            case GROUP_SUBMIT -> {
                if (args.has("stream") && args.has("stream_va")) {
                    throw new ScenarioException(
                            file, args.place(), "either \"stream\" or \"stream_va\", not both");
                }
                if (args.has("stream_va") != args.has("stream_size")) {
                    throw new ScenarioException(
                            file, args.place(), "\"stream_va\" and \"stream_size\" go together");
                }
            }
            case XGS_QUEUE_CREATE -> {
                if (args.has("eventfd") && args.has("fd")) {
                    throw new ScenarioException(
                            file, args.place(), "either \"eventfd\" or \"fd\", not both");
                }
            }
            case XGS_QUEUE_DESTROY -> exactlyOne(file, args, "xgs_queue", "handle");
            case XGS_QUEUE_SUBMIT -> {
                exactlyOne(file, args, "xgs_queue", "handle");
                for (Values op : args.list("ops")) {
                    exactlyOne(file, op, "sync", "va");
                    exactlyOne(file, op, "do", "op");
                }
            }
            case CLIENT -> {
                if (args.has("bug") != args.text("program").equals("buggy")) {
                    throw new ScenarioException(
                            file, args.place(), "\"bug\" and the program buggy go together");
                }
            }
            case DROP_ACK -> {
                if (args.has("group") == args.text("request").equals("ping")) {
                    throw new ScenarioException(
                            file, args.place(), "\"group\" goes with every request but ping");
                }
            }
            case INJECT_FAULT -> {
                if (!SHADER_EXCEPTIONS.contains(args.number("exception"))) {
                    throw new ScenarioException(
                            file,
                            args.place("exception"),
                            "a shader causes 0x05, 0x50, 0x51, 0x55 or 0x5b; what else there is, a"
                                    + " stream or a mapping can cause");
                }
            }
            case RING_WRITE, SUBMIT -> {
                if (args.raw("code") instanceof TextList code
                        && code.texts().size() > LARGEST_RING_BYTES / Long.BYTES) {
                    throw new ScenarioException(
                            file, args.place("code"), "longer than the largest ring, 65536 bytes");
                }
            }
            case GROUP_GET_STATE -> {
                for (String flag : args.texts("flags")) {
                    if (!GroupExpectation.FLAGS.contains(flag)) {
                        throw new ScenarioException(
                                file,
                                args.place("flags"),
                                "\""
                                        + flag
                                        + "\" is no flag; there are "
                                        + String.join(", ", GroupExpectation.FLAGS));
                    }
                }
            }
            default -> {}
        }
        if (args.has("pad_to") && args.number("pad_to") % Long.BYTES != 0) {
            throw new ScenarioException(
                    file, args.place("pad_to"), "\"pad_to\" is a multiple of 8, one instruction");
        }
        if (args.has("expect_errno") && Errnos.value(args.text("expect_errno")) == null) {
            throw new ScenarioException(
                    file,
                    args.place("expect_errno"),
                    "\""
                            + args.text("expect_errno")
                            + "\" is no errno; known are "
                            + Errnos.names());
        }
    }

    private static void exactlyOne(String file, Values args, String first, String second)
            throws ScenarioException {
        if (args.has(first) == args.has(second)) {
            throw new ScenarioException(
                    file,
                    args.place(),
                    "either \"" + first + "\" or \"" + second + "\", not both and not neither");
        }
    }

    /// Names of errors.
    static final class Errnos {
        private static final List<Integer> KNOWN =
                List.of(
                        0, -1, -2, -3, -4, -5, -7, -9, -11, -12, -13, -14, -16, -19, -22, -25, -62,
                        -110, -125);

        private Errnos() {}

        /// The negated errno of `EINVAL` or `-EINVAL`, or null.
        static @Nullable Integer value(String name) {
            String bare = name.startsWith("-") ? name.substring(1) : name;
            for (int errno : KNOWN) {
                if (bare(errno).equals(bare)) {
                    return errno;
                }
            }
            return null;
        }

        static String names() {
            return String.join(", ", KNOWN.stream().map(Errnos::bare).toList());
        }

        private static String bare(int errno) {
            String name = Errno.name(errno);
            return name.startsWith("-") ? name.substring(1) : name;
        }
    }
}
