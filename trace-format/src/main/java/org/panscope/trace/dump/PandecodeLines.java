package org.panscope.trace.dump;

import java.util.regex.Pattern;

/// What a line of pandecode's text is.
final class PandecodeLines {
    private static final Pattern INSTRUCTION =
            Pattern.compile(
                    "(NOP|MOVE|MOVE32|MOVE48|MOVE_REG32|WAIT|RUN_[A-Z]+|REQ_RESOURCE|FLUSH_CACHE2"
                        + "|SYNC_(ADD|SET|WAIT)(32|64)|STORE_STATE|STORE_MULTIPLE|LOAD_MULTIPLE"
                        + "|BRANCH|CALL|JUMP|SET_[A-Z_]+|PROGRESS_\\w+|ADD_IMMEDIATE(32|64)"
                        + "|ADD_IMM(32|64)|UMIN32|HEAP_(SET|OPERATION)|PROT_REGION|ERROR_BARRIER"
                        + "|FINISH_\\w+|TRACE_POINT|SHARED_SB_\\w+|NEXT_SB_ENTRY|SET_EXCEPTION_HANDLER|END_OF_\\w+)(\\.[\\w=.]+)?("
                        + " .*)?");
    private static final Pattern BUFFER =
            Pattern.compile("(Buffer|Mapped|Texture|Framebuffer|BO): .*gpu.*", Pattern.DOTALL);

    private PandecodeLines() {}

    /// Whether hardly another program prints such a line.
    static boolean isTelling(String line) {
        String text = line.strip();
        return isWarning(text)
                || text.matches("Buffer: .+ gpu [0-9a-fA-Fx]+.*")
                || (INSTRUCTION.matcher(text).matches()
                        && text.matches("[A-Z0-9_]+[. ].*(#|\\b[rd]\\d|\\[).*"));
    }

    /// Type of the event a line becomes.
    static String typeOf(String line) {
        String text = line.strip();
        if (isWarning(text)) {
            return "pandecode_warning";
        }
        if (BUFFER.matcher(text).matches()) {
            return "pandecode_buffer";
        }
        return INSTRUCTION.matcher(text).matches() ? "pandecode_instruction" : "pandecode_line";
    }

    private static boolean isWarning(String text) {
        return text.startsWith("// XXX:");
    }
}
