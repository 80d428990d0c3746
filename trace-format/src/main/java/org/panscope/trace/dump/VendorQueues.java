package org.panscope.trace.dump;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.KernelEvent.QueueCreated;
import org.panscope.trace.event.SchedEvent.CsStatus;
import org.panscope.trace.event.UserEvent.RingWrite;
import org.panscope.trace.event.UserEvent.Writer;
import org.panscope.trace.schema.Unit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the vendor's driver (kbase) prints of its queues when one hangs, as in debugfs:
///
/// ```
/// queue:GPU-9-0-1 at:0x0000005fffe78098 cmd:0x0148005fc5600040       one instruction
/// Bind Idx,     Ringbuf addr,     Size, Prio,    Insert offset, ...   table of queues
///        2,       5fffe5d000,    10000,    8,            1e300, ...
/// Instructions from Extract offset 1e180                              words of the ring, 8 a line
/// SYNC_WAIT: Waiting                                                  state of the queue above
/// ```
///
/// An instruction becomes `kbase_instruction` with its text; a row with the state below it
/// `kbase_queue`, and in the vocabulary a `QUEUE_CREATED`, the words of its ring as `RING_WRITE`
/// and its state as `CS_STATUS`, without what the dump does not tell. Offsets run on beyond the
/// size of the ring, as everywhere. Groups have no identity in these lines: those of a dump are
/// numbered from 1 in its order, a new one where a group's own table row comes or an index comes
/// again.
///
/// kbase: mali_kbase_csf_csg_debugfs.c; public report ROCKNIX/distribution#1092
final class VendorQueues {
    private static final Pattern INSTRUCTION =
            Pattern.compile(
                    "queue:(GPU-(\\d{1,9})-(\\d{1,9})-(\\d{1,9})) at:0x([0-9a-f]{1,16})"
                            + " cmd:0x([0-9a-f]{1,16})");
    private static final Pattern HEADER = Pattern.compile("Bind Idx, *Ringbuf addr,.*");
    private static final Pattern GROUP_HEADER = Pattern.compile("GroupID, *CSG NR,.*");
    private static final Pattern WORDS = Pattern.compile("[0-9a-f]{16}(?: [0-9a-f]{16}){7}");
    private static final Pattern WORDS_FROM =
            Pattern.compile("Instructions from Extract offset ([0-9a-f]{1,16})");
    private static final Pattern STATE =
            Pattern.compile(
                    "(SAVED_CMD_PTR|CMD_PTR|SB_MASK|SB_SOURCE|PROGRESS_WAIT|PROTM_PEND|SYNC_WAIT"
                            + "|WAIT_CONDITION|SYNC_POINTER|SYNC_VALUE|SYNC_LIVE_VALUE|SB_STATUS"
                            + "|BLOCKED_REASON): (.*)");
    private static final List<String> REASONS =
            List.of(
                    "UNBLOCKED",
                    "WAIT",
                    "PROGRESS_WAIT",
                    "SYNC_WAIT",
                    "DEFERRED",
                    "RESOURCE",
                    "FLUSH");
    private static final int WORDS_A_LINE = 8;

    private final DumpOutput out;
    private final LongFunction<String> disassembler;
    private final Set<Integer> indices = new TreeSet<>();
    private final Map<String, String> state = new TreeMap<>();
    private long gid;
    private boolean groupRowFollows;
    private boolean rowFollows;
    private boolean withSize;
    private @Nullable Row row;
    private @Nullable Long wordsAt;
    private long lastNs;

    /// A row of the table.
    private record Row(
            int index,
            long ringVa,
            @Nullable Long size,
            int priority,
            long insert,
            long extract,
            String active,
            String doorbell,
            long gid) {}

    VendorQueues(DumpOutput out, LongFunction<String> disassembler) {
        this.out = out;
        this.disassembler = disassembler;
    }

    /// Whether hardly another driver prints such a line.
    static boolean isTelling(String text) {
        return INSTRUCTION.matcher(text.strip()).matches()
                || HEADER.matcher(text.strip()).matches();
    }

    /// Takes in a line of the log.
    ///
    /// @return whether it is about a queue
    boolean take(LogLine line, long timeNs) throws IOException {
        String text = line.text().strip();
        Matcher told = STATE.matcher(text);
        if (row != null && told.matches()) {
            state.put(told.group(1), told.group(2).strip());
            lastNs = timeNs;
            return true;
        }
        if (words(text, timeNs)) {
            return true;
        }
        if (text.equals("Dumping instructions around the last Extract offset")) {
            return row != null;
        }
        flush();
        Matcher instruction = INSTRUCTION.matcher(text);
        if (instruction.matches()) {
            instruction(instruction, timeNs);
            return true;
        }
        if (GROUP_HEADER.matcher(text).matches()) {
            groupRowFollows = true;
            return false;
        }
        if (groupRowFollows) {
            groupRowFollows = false;
            newGroup();
            return false;
        }
        if (HEADER.matcher(text).matches()) {
            rowFollows = true;
            withSize = text.contains("Size");
            return true;
        }
        if (rowFollows) {
            row = row(text);
            rowFollows = row != null;
            if (row != null) {
                created(row, timeNs);
                return true;
            }
        }
        return false;
    }

    void end() throws IOException {
        flush();
    }

    private void instruction(Matcher parts, long timeNs) throws IOException {
        long word = Long.parseUnsignedLong(parts.group(6), 16);
        out.fields.begin();
        out.fields.text("queue", parts.group(1));
        out.fields.number("ctx", Unit.ID, true, Long.parseLong(parts.group(2)));
        out.fields.number("group", Unit.ID, true, Long.parseLong(parts.group(3)));
        out.fields.number("csi", Unit.INDEX, true, Long.parseLong(parts.group(4)));
        out.fields.number("at", Unit.GPU_VA, false, Long.parseUnsignedLong(parts.group(5), 16));
        out.fields.number("word", Unit.HEX, false, word);
        out.fields.text("text", disassembler.apply(word));
        int root = out.track("queues", "queues");
        out.write(timeNs, out.track(root, "queue", parts.group(1)), "kbase_instruction");
    }

    // ---- the table ----------------------------------------------------------------------------

    private void newGroup() {
        gid++;
        indices.clear();
    }

    private @Nullable Row row(String text) {
        String[] cells = text.split(",", -1);
        int skipped = withSize ? 0 : 1;
        if (cells.length != 8 - skipped) {
            return null;
        }
        Long index = number(cells[0], 10);
        Long va = number(cells[1], 16);
        Long size = withSize ? number(cells[2], 16) : null;
        Long priority = number(cells[3 - skipped], 10);
        Long insert = number(cells[4 - skipped], 16);
        Long extract = number(cells[5 - skipped], 16);
        if (index == null
                || index < 0
                || index > 1024
                || va == null
                || (withSize && size == null)
                || priority == null
                || insert == null
                || extract == null) {
            return null;
        }
        if (gid == 0 || indices.contains(index.intValue())) {
            newGroup();
        }
        indices.add(index.intValue());
        return new Row(
                index.intValue(),
                va,
                size,
                priority.intValue(),
                insert,
                extract,
                cells[6 - skipped].strip(),
                cells[7 - skipped].strip(),
                gid);
    }

    private static @Nullable Long number(String cell, int radix) {
        String digits = cell.strip();
        boolean fits = !digits.isEmpty() && digits.length() <= (radix == 16 ? 16 : 9);
        if (!fits || !digits.chars().allMatch(c -> c < 128 && Character.digit(c, radix) >= 0)) {
            return null;
        }
        return Long.parseUnsignedLong(digits, radix);
    }

    private int track(Row of) throws IOException {
        int root = out.track("queues", "queues");
        int group = out.track(root, "group", "group " + of.gid());
        return out.track(group, "queue", "queue " + of.index());
    }

    private void created(Row of, long timeNs) throws IOException {
        lastNs = timeNs;
        Long size = of.size();
        if (size != null) {
            out.write(
                    timeNs,
                    track(of),
                    new QueueCreated(
                            of.gid(),
                            of.index(),
                            of.priority(),
                            of.ringVa(),
                            size,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null));
        }
    }

    /// Words of the ring of the row above.
    private boolean words(String text, long timeNs) throws IOException {
        Row of = row;
        if (of == null) {
            return false;
        }
        Matcher from = WORDS_FROM.matcher(text);
        if (from.matches()) {
            wordsAt = Long.parseUnsignedLong(from.group(1), 16);
            return true;
        }
        Long at = wordsAt;
        if (at == null || !WORDS.matcher(text).matches()) {
            return false;
        }
        ByteBuffer bytes =
                ByteBuffer.allocate(WORDS_A_LINE * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (String word : text.split(" ", -1)) {
            bytes.putLong(Long.parseUnsignedLong(word, 16));
        }
        byte[] data = bytes.array();
        out.write(
                timeNs,
                track(of),
                new RingWrite(of.gid(), of.index(), at, data.length, data, Writer.USER));
        wordsAt = at + data.length;
        return true;
    }

    /// The row and its state are complete.
    private void flush() throws IOException {
        Row of = row;
        if (of == null) {
            return;
        }
        out.fields.begin();
        out.fields.number("index", Unit.INDEX, true, of.index());
        out.fields.number("ring_va", Unit.GPU_VA, false, of.ringVa());
        Long size = of.size();
        if (size != null) {
            out.fields.number("ring_size", Unit.BYTES, false, size);
        }
        out.fields.number("priority", Unit.INDEX, true, of.priority());
        out.fields.number("insert", Unit.BYTES, false, of.insert());
        out.fields.number("extract", Unit.BYTES, false, of.extract());
        out.fields.number("pending", Unit.BYTES, true, of.insert() - of.extract());
        out.fields.guessed("active", of.active());
        out.fields.text("doorbell", of.doorbell());
        state.forEach((name, value) ->
                out.fields.guessed(name.toLowerCase(java.util.Locale.ROOT), value));
        out.write(lastNs, track(of), "kbase_queue");
        out.write(lastNs, track(of), status(of));
        row = null;
        wordsAt = null;
        state.clear();
    }

    private CsStatus status(Row of) {
        boolean waits = "Waiting".equals(state.get("SYNC_WAIT"));
        String condition = waits ? state.get("WAIT_CONDITION") : null;
        int reason = REASONS.indexOf(state.getOrDefault("BLOCKED_REASON", ""));
        return new CsStatus(
                of.gid(),
                of.index(),
                reason < 0 ? null : (Integer) reason,
                of.insert(),
                of.extract(),
                decimal("SB_STATUS"),
                waits ? hexadecimal("SYNC_POINTER") : null,
                waits ? decimal("SYNC_VALUE") : null,
                condition == null ? null : (Boolean) condition.equals("greater than"),
                null,
                null,
                null);
    }

    private @Nullable Long hexadecimal(String name) {
        String value = state.getOrDefault(name, "");
        return value.startsWith("0x") ? number(value.substring(2), 16) : null;
    }

    /// Printed as a signed number of 32 bits.
    private @Nullable Long decimal(String name) {
        String value = state.getOrDefault(name, "");
        if (!value.matches("-?\\d{1,10}")) {
            return null;
        }
        return Long.parseLong(value) & 0xffff_ffffL;
    }
}
