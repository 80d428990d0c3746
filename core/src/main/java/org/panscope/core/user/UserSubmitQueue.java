package org.panscope.core.user;

import org.jspecify.annotations.Nullable;
import org.panscope.core.sim.Simulation;
import org.panscope.core.uapi.Mapping;
import org.panscope.core.uapi.TrackNames;
import org.panscope.trace.event.UserEvent.InsertWrite;
import org.panscope.trace.event.UserEvent.LoadedWord;
import org.panscope.trace.event.UserEvent.RingWrite;
import org.panscope.trace.event.UserEvent.UserLoad;
import org.panscope.trace.event.UserEvent.Writer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A queue of a user-submit group as its owner drives it: a ring it fills, an INSERT word it
/// stores, EXTRACT and ACTIVE words it reads, a doorbell page it rings, and GROUP_KICK for when the
/// group has no slot. The client keeps its own count of what it wrote; it never reads INSERT back.
///
/// Offsets are free-running byte counts; the place in the ring is the count modulo its size. Input
/// and output page lie one after the other in one mapping (`panthor_fw.h:
/// panthor_fw_ringbuf_input_iface`, `panthor_fw_ringbuf_output_iface`).
public final class UserSubmitQueue {
    private static final long PAGE_BYTES = 4096;
    private static final long IO_BYTES = 2 * PAGE_BYTES;
    private static final long INPUT_INSERT = 0;
    private static final long OUTPUT_EXTRACT = PAGE_BYTES;
    private static final long OUTPUT_ACTIVE = PAGE_BYTES + 8;
    private static final int LINE_BYTES = 64;

    private final DrmFile file;
    private final GroupClient groups;
    private final UserGroup group;
    private final int index;
    private final long ringBytes;
    private @Nullable Mapping ring;
    private @Nullable Mapping io;
    private @Nullable Mapping doorbell;
    private long insert;
    private long written;
    private @Nullable Long stored;
    private @Nullable Long extractSeen;
    private @Nullable Boolean activeSeen;

    public UserSubmitQueue(DrmFile file, UserGroup group, int index) {
        this.file = file;
        this.groups = new GroupClient(file);
        this.group = group;
        this.index = index;
        this.ringBytes = group.queues().get(index).ringBytes();
        file.process().opened(this);
    }

    public UserGroup group() {
        return group;
    }

    public int index() {
        return index;
    }

    public long ringBytes() {
        return ringBytes;
    }

    /// INSERT as last stored.
    public long insert() {
        return insert;
    }

    /// End of what was last stored into the ring, or null when nothing was.
    public @Nullable Long stored() {
        return stored;
    }

    /// EXTRACT as last loaded, or null when it never was.
    public @Nullable Long extractSeen() {
        return extractSeen;
    }

    /// ACTIVE as last loaded, or null when it never was.
    public @Nullable Boolean activeSeen() {
        return activeSeen;
    }

    // ---- mapping ------------------------------------------------------------------------------

    /// mmap(2) of the ring, for reading and writing.
    public int mapRing() {
        IoctlResult<Mapping> result =
                file.mmap(offsets().ring(), ringBytes, Mapping.READ | Mapping.WRITE);
        ring = result.isOk() ? result.value() : ring;
        return result.errno();
    }

    /// mmap(2) of input and output page.
    public int mapIo() {
        IoctlResult<Mapping> result =
                file.mmap(offsets().userIo(), IO_BYTES, Mapping.READ | Mapping.WRITE);
        io = result.isOk() ? result.value() : io;
        return result.errno();
    }

    /// mmap(2) of the doorbell page, for writing only. No page is behind it until it is touched.
    public int mapDoorbell() {
        IoctlResult<Mapping> result = file.mmap(offsets().doorbell(), PAGE_BYTES, Mapping.WRITE);
        doorbell = result.isOk() ? result.value() : doorbell;
        return result.errno();
    }

    /// munmap(2) of all that is mapped.
    public void unmap() {
        for (Mapping mapping : new @Nullable Mapping[] {ring, io, doorbell}) {
            if (mapping != null) {
                file.unmap(mapping);
            }
        }
        ring = null;
        io = null;
        doorbell = null;
    }

    // ---- the protocol, step by step -------------------------------------------------------------

    /// Bytes that may be written before the firmware has to read some.
    public long freeBytes() {
        return ringBytes - (written - loadExtract());
    }

    /// Stores instruction words behind what was written before, split where the ring ends. The
    /// firmware sees them when INSERT says so.
    public void write(byte[] words) {
        int lines = Math.ceilDiv(words.length, LINE_BYTES);
        file.spend(file.timings().ringLineNs() * lines);
        int done = 0;
        while (done < words.length) {
            long position = written & (ringBytes - 1);
            int length = (int) Math.min(words.length - done, ringBytes - position);
            byte[] part = Arrays.copyOfRange(words, done, done + length);
            mapped(ring, "ring").store(position, part);
            long at = written;
            written += length;
            stored = written;
            sim().follow(
                            track(),
                            new RingWrite(group.identity(), index, at, length, part, Writer.USER));
            done += length;
        }
    }

    /// Stores INSERT: all that was written is to be executed.
    public void storeInsert() {
        storeInsert(written);
    }

    /// Stores any INSERT, also one the protocol forbids.
    public void storeInsert(long newInsert) {
        file.spend(file.timings().storeNs());
        mapped(io, "user I/O pages").store64(INPUT_INSERT, newInsert);
        long before = insert;
        insert = newInsert;
        written = newInsert;
        sim().follow(
                        track(),
                        new InsertWrite(group.identity(), index, before, newInsert, Writer.USER));
    }

    /// Stores INSERT for instructions that are still to be written: a bug of clients that lack the
    /// barrier between the two.
    ///
    /// @param bytes what will be written next
    public void storeInsertAhead(int bytes) {
        long behind = written;
        storeInsert(behind + bytes);
        written = behind;
    }

    /// Looks at EXTRACT: how far the firmware came.
    public long loadExtract() {
        file.spend(file.timings().loadNs());
        long extract = mapped(io, "user I/O pages").load64(OUTPUT_EXTRACT);
        extractSeen = extract;
        emitLoad(LoadedWord.EXTRACT, extract);
        return extract;
    }

    /// Looks at ACTIVE: whether the queue is on a slot.
    public boolean loadActive() {
        file.spend(file.timings().loadNs());
        int active = mapped(io, "user I/O pages").load32(OUTPUT_ACTIVE);
        activeSeen = active != 0;
        emitLoad(LoadedWord.ACTIVE, Integer.toUnsignedLong(active));
        return active != 0;
    }

    /// Rings the doorbell: the page behind the mapping decides what that does.
    public void ring() {
        file.spend(file.timings().doorbellNs());
        mapped(doorbell, "doorbell").store32(0, 1);
    }

    /// GROUP_KICK for this queue.
    public int kick() {
        return groups.kick(group.handle(), 1 << index);
    }

    // ---- the protocol in one go -----------------------------------------------------------------

    /// Waits for room, writes, stores INSERT and notifies.
    ///
    /// @return 0 or the negated errno of the kick
    public int submit(byte[] words, Notify notify) {
        if (words.length > ringBytes) {
            throw new IllegalArgumentException(
                    "bytes=" + words.length + " do not fit into ringBytes=" + ringBytes);
        }
        while (freeBytes() < words.length) {
            file.spend(file.timings().pollNs());
        }
        write(words);
        storeInsert();
        return notifyFirmware(notify);
    }

    /// Tells whoever has to know that INSERT changed.
    public int notifyFirmware(Notify notify) {
        return switch (notify) {
            case ACTIVE -> {
                if (loadActive()) {
                    ring();
                    yield 0;
                }
                yield kick();
            }
            case RING -> {
                ring();
                yield isNoticed() ? 0 : kick();
            }
            case KICK -> kick();
            case NONE -> 0;
        };
    }

    /// Whether the firmware reacts to a doorbell within the time a client is patient: the queue is
    /// on a slot, or everything was consumed already.
    private boolean isNoticed() {
        long endNs = sim().nowNs() + file.timings().patienceNs();
        while (!loadActive()) {
            if (loadExtract() == insert) {
                return true;
            }
            if (sim().nowNs() >= endNs) {
                return false;
            }
            file.spend(file.timings().pollNs());
        }
        return true;
    }

    /// Instruction words as bytes in memory.
    public static byte[] bytesOf(long[] words) {
        byte[] bytes = new byte[words.length * Long.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(words);
        return bytes;
    }

    private void emitLoad(LoadedWord word, long value) {
        file.emit(track(), new UserLoad(word, group.identity(), index, null, value));
    }

    private UserGroup.Offsets offsets() {
        return group.queues().get(index);
    }

    private int track() {
        return TrackNames.queue(sim(), file.process().name(), group.handle(), index);
    }

    private Simulation sim() {
        return file.sim();
    }

    private static Mapping mapped(@Nullable Mapping mapping, String what) {
        if (mapping == null) {
            throw new IllegalStateException("the " + what + " of the queue is not mapped");
        }
        return mapping;
    }
}
