package org.panscope.core.fw;

import java.util.Arrays;
import java.util.List;

/// How a random run ended and what it left behind.
///
/// @param steps instructions executed
/// @param overlooked whether a stream stayed blocked though what it waited for had come
/// @param sharedSlots slots that the streams share
/// @param reports faults told, in order
/// @param sync the page of sync objects
/// @param data the page of data
/// @param readOnly a page the streams must not be able to change
record ProgramEnd(
        long timeNs,
        int steps,
        boolean overlooked,
        String sharedSlots,
        List<OfStream> streams,
        List<String> reports,
        byte[] sync,
        byte[] data,
        byte[] readOnly) {

    /// How a stream ended.
    ///
    /// @param cut whether the run was cut at its bound
    /// @param core the rest of its state, as text
    /// @param fatal exception of the fatal report, or 0
    /// @param waitsForItself whether a deferred operation waits for its own slot, which never
    ///   drains
    /// @param left bytes of the ring not consumed
    record OfStream(
            boolean cut,
            boolean running,
            int blockedReason,
            int scoreboards,
            boolean waitsForItself,
            long left,
            int fatal,
            String core,
            int[] registers) {
        /// The name of the end, or null when there is none that a run may have.
        @org.jspecify.annotations.Nullable
        String kind() {
            if (fatal != 0) {
                return running ? null : "fatal " + Integer.toHexString(fatal & 0xff);
            }
            if (cut) {
                return "bound";
            }
            if (!running || (scoreboards != 0 && !waitsForItself)) {
                return null;
            }
            if (blockedReason != 0) {
                return "blocked " + blockedReason;
            }
            return left == 0 ? "idle" : null;
        }

        @Override
        public String toString() {
            return "cut=%b running=%b blocked=%d scoreboards=%x left=%d fatal=%x"
                    .formatted(cut, running, blockedReason, scoreboards, left, fatal);
        }
    }

    /// Whether a fault of the MMU ended all streams of a group at an instant that is up to chance.
    boolean isUpToChance() {
        return streams.size() > 1
                && reports.stream().anyMatch(report -> report.startsWith("MMU_FAULT"));
    }

    boolean wasCut() {
        return streams.stream().anyMatch(OfStream::cut);
    }

    /// What differs between two ends that should be alike, or an empty text.
    static String difference(ProgramEnd a, ProgramEnd b) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < a.streams.size(); i++) {
            OfStream left = a.streams.get(i);
            OfStream right = b.streams.get(i);
            if (!left.toString().equals(right.toString())) {
                text.append("stream ").append(i).append(": ").append(left).append(" / ");
                text.append(right).append('\n');
            }
            // A stream that was dead already when the group moved has no registers there.
            int common = Math.min(left.registers.length, right.registers.length);
            if (common > 0 && !left.core.equals(right.core)) {
                text.append(left.core).append(" / ").append(right.core).append('\n');
            }
            for (int r = 0; r < common; r++) {
                if (left.registers[r] != right.registers[r]) {
                    text.append(
                            "r%d: %x / %x%n".formatted(r, left.registers[r], right.registers[r]));
                }
            }
        }
        if (!a.sharedSlots.equals(b.sharedSlots)) {
            text.append(a.sharedSlots).append(" / ").append(b.sharedSlots).append('\n');
        }
        if (a.steps != b.steps) {
            text.append("steps: ").append(a.steps).append(" / ").append(b.steps).append('\n');
        }
        if (!a.reports.stream().sorted().toList().equals(b.reports.stream().sorted().toList())) {
            text.append("reports: ").append(a.reports).append(" / ").append(b.reports).append('\n');
        }
        // What a dead stream had still deferred may or may not have been done.
        boolean anyDead = a.streams.stream().anyMatch(stream -> stream.fatal != 0);
        int known = anyDead ? (int) (ProgramHost.DEFERRED - ProgramHost.SYNC) : a.sync.length;
        page(text, "sync", Arrays.copyOf(a.sync, known), Arrays.copyOf(b.sync, known));
        page(text, "data", a.data, b.data);
        return text.toString();
    }

    private static void page(StringBuilder text, String name, byte[] a, byte[] b) {
        int at = Arrays.mismatch(a, b);
        if (at >= 0) {
            text.append("%s+0x%x: %x / %x%n".formatted(name, at, a[at] & 0xff, b[at] & 0xff));
        }
    }
}
