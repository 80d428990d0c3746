package org.panscope.trace.perfetto;

import com.github.luben.zstd.Zstd;

import org.panscope.trace.ftrace.ImportSummary;
import org.panscope.trace.io.MemoryTrace;
import org.panscope.trace.io.Progress;
import org.panscope.trace.io.TrackAssigner;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;

/// A Perfetto trace being built, and what importing it gives.
final class Pftrace {
    static final int CLEARED = 1;
    static final int NEEDED = 2;

    private final List<Proto> packets = new ArrayList<>();

    Pftrace add(Proto packet) {
        packets.add(packet);
        return this;
    }

    // ---- packets

    /// A packet of a writer at a time, 0 for none.
    static Proto packet(int sequence, long timestamp) {
        Proto packet = Proto.message().number(10, sequence);
        return timestamp == 0 ? packet : packet.number(8, timestamp);
    }

    static Proto bundle(int cpu, Proto... events) {
        Proto bundle = Proto.message().number(1, cpu);
        for (Proto event : events) {
            bundle.message(2, event);
        }
        return Proto.message().number(10, 1).message(1, bundle);
    }

    static Proto event(long timestamp, int pid, int number, Proto message) {
        return Proto.message().number(1, timestamp).number(2, pid).message(number, message);
    }

    static Proto fence(long context, long seqno) {
        return Proto.message()
                .number(1, context)
                .text(2, "panthor")
                .number(3, seqno)
                .text(4, "queue-fence");
    }

    /// Clock, time, clock, time...
    static Proto clocks(int sequence, long... readings) {
        Proto snapshot = Proto.message();
        for (int i = 0; i < readings.length; i += 2) {
            snapshot.message(1, Proto.message().number(1, readings[i]).number(2, readings[i + 1]));
        }
        return Proto.message().number(10, sequence).message(6, snapshot);
    }

    // ---- files

    byte[] toBytes() {
        Proto file = Proto.message();
        packets.forEach(packet -> file.message(1, packet));
        return file.toBytes();
    }

    /// All packets packed in one.
    byte[] packed(boolean zstd) {
        byte[] plain = toBytes();
        byte[] packed = zstd ? Zstd.compress(plain) : deflate(plain);
        Proto packet = Proto.message().bytes(zstd ? 133 : 50, packed);
        return Proto.message().message(1, packet).toBytes();
    }

    static byte[] deflate(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    // ---- importing

    MemoryTrace read() throws IOException {
        return read(toBytes());
    }

    static MemoryTrace read(byte[] bytes) throws IOException {
        return read(bytes, EventIndex.DEFAULT_PIECE_ENTRIES);
    }

    static MemoryTrace read(byte[] bytes, int pieceEntries) throws IOException {
        Path file = Files.createTempFile("panscope-test", ".pftrace");
        try {
            Files.write(file, bytes);
            List<MemoryTrace> opened = new ArrayList<>();
            ImportSummary summary =
                    PerfettoImporter.importTrace(
                            file,
                            "test.pftrace",
                            header -> {
                                opened.add(new MemoryTrace(header));
                                return opened.getLast();
                            },
                            TrackAssigner.perCpu(),
                            Progress.NONE,
                            pieceEntries);
            MemoryTrace trace = opened.getFirst();
            if (!trace.isClosed() || summary.events() != trace.events().size()) {
                throw new AssertionError("not closed, or not as summed up: " + summary);
            }
            return trace;
        } finally {
            Files.delete(file);
        }
    }
}
